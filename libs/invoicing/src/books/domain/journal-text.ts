import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { ledgerAccountOf, type PostingLine } from '@tollkeeper/contracts';
import { decimalOf } from '@tollkeeper/money';

export const journalFiles = ['journal.json', 'postings.csv', 'totals.csv'] as const;
export type JournalFile = (typeof journalFiles)[number];

export interface JournalEntry {
  _id: string;
  rule: string;
  at: Instant;
  on: LocalDate;
  accountId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  note?: string;
  lines: PostingLine[];
}

export interface JournalTotal {
  account: string;
  currency: string;
  debitMinor: number;
  creditMinor: number;
}

const postingColumns = [
  'on',
  'postingId',
  'rule',
  'at',
  'accountId',
  'invoiceId',
  'paymentId',
  'ledgerAccount',
  'ledgerAccountName',
  'debit',
  'credit',
  'currency',
  'note',
];
const totalColumns = [
  'on',
  'ledgerAccount',
  'ledgerAccountName',
  'type',
  'debit',
  'credit',
  'balance',
  'currency',
];

/** RFC 4180; every line ends in CRLF, so that pieces can be put together. */
const csvRow = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;

const sides = ({ amountMinor, currency }: PostingLine): { debit: string; credit: string } => ({
  debit: amountMinor > 0 ? decimalOf({ minor: amountMinor, currency }) : '',
  credit: amountMinor < 0 ? decimalOf({ minor: -amountMinor, currency }) : '',
});

/**
 * One day of the journal. Only what the postings say goes in, and they come in the order of the books, so the same
 * day gives the same bytes whenever it is written.
 */
export class JournalText {
  private readonly postings: string[] = [csvRow(postingColumns)];
  private readonly entries: string[] = [];
  private readonly sums = new Map<string, JournalTotal>();

  constructor(readonly on: LocalDate) {}

  get count(): number {
    return this.entries.length;
  }

  add(entry: JournalEntry): void {
    const { _id, rule, at, on, accountId, invoiceId, paymentId, note, lines } = entry;
    const about = [on, _id, rule, at, accountId ?? '', invoiceId ?? '', paymentId ?? ''];
    for (const line of lines) {
      const { debit, credit } = sides(line);
      const { account, currency } = line;
      const name = ledgerAccountOf(account).name;
      this.postings.push(csvRow([...about, account, name, debit, credit, currency, note ?? '']));
      this.sum(line);
    }
    const shown = lines.map(({ account, currency, ...line }) => ({
      account,
      ...sides({ account, currency, ...line }),
      currency,
    }));
    this.entries.push(
      JSON.stringify({
        id: _id,
        rule,
        at,
        accountId,
        invoiceId,
        paymentId,
        note: note ?? null,
        lines: shown,
      }),
    );
  }

  totals(): JournalTotal[] {
    return [...this.sums.keys()].sort().flatMap((key) => this.sums.get(key) ?? []);
  }

  files(): Record<JournalFile, Buffer> {
    const totals = this.totals().map((total) => shownTotal(total));
    const rows = totals.map(({ account, name, type, debit, credit, balance, currency }) =>
      csvRow([this.on, account, name, type, debit, credit, balance, currency]),
    );
    return {
      'journal.json': Buffer.from(
        `{"on":"${this.on}","totals":${JSON.stringify(totals)},"postings":[${this.entries.join(',\n')}]}\n`,
      ),
      'postings.csv': Buffer.from(this.postings.join('')),
      'totals.csv': Buffer.from([csvRow(totalColumns), ...rows].join('')),
    };
  }

  private sum({ account, currency, amountMinor }: PostingLine): void {
    const key = `${currency}/${account}`;
    const total = this.sums.get(key) ?? { account, currency, debitMinor: 0, creditMinor: 0 };
    this.sums.set(key, total);
    if (amountMinor > 0) total.debitMinor += amountMinor;
    else total.creditMinor -= amountMinor;
  }
}

export function shownTotal({ account, currency, debitMinor, creditMinor }: JournalTotal) {
  const { name, type } = ledgerAccountOf(account);
  const decimal = (minor: number) => decimalOf({ minor, currency });
  return {
    account,
    name,
    type,
    debit: decimal(debitMinor),
    credit: decimal(creditMinor),
    balance: decimal(debitMinor - creditMinor),
    currency,
  };
}
