import type { LocalDate } from '@tollkeeper/calendar';
import { isCurrency, minorDigits } from '@tollkeeper/money';

/** One movement of money on an account of ours, as a bank's statement tells it. */
export interface BankEntry {
  /** `statement 1, entry 3, transaction 2` or `line 7`. */
  place: string;
  /** IBAN or number of our account, without blanks. */
  bankAccount: string;
  /** The bank's own; `null`: it gave none. */
  bankReference: string | null;
  direction: 'in' | 'out';
  /** Takes an earlier movement back. */
  isReversal: boolean;
  amountMinor: number;
  currency: string;
  bookedOn: LocalDate;
  /** Who paid, or was paid; empty where the bank does not say. */
  counterparty: { name: string; iban: string };
  /** What the payer gave as a structured reference. */
  references: string[];
  endToEndId: string;
  text: string;
  /** The bank's total of several transactions that could not be told apart. */
  isBatch: boolean;
}

export interface ReadStatement {
  bankAccount: string;
  entries: BankEntry[];
  /** Entries that are not booked yet, and lines without a movement. */
  skipped: number;
}

export interface StatementFault {
  field: string;
  reason: string;
}

export interface StatementReading {
  statements: ReadStatement[];
  /** One is enough: nothing of the file is taken then. */
  faults: StatementFault[];
}

/** Told of a file while it is read, in its order. */
export interface StatementSink {
  begin(bankAccount: string): void;
  entry(entry: BankEntry): void;
  /** Not booked yet, or no movement. */
  skip(): void;
  fault(fault: StatementFault): void;
}

const mostFaults = 50;

/** All of a file that is small enough. */
export class WholeReading implements StatementSink, StatementReading {
  readonly statements: ReadStatement[] = [];
  readonly faults: StatementFault[] = [];

  begin(bankAccount: string): void {
    this.statements.push({ bankAccount, entries: [], skipped: 0 });
  }

  entry(entry: BankEntry): void {
    this.statements.at(-1)?.entries.push(entry);
  }

  skip(): void {
    const last = this.statements.at(-1);
    if (last) last.skipped += 1;
  }

  fault(fault: StatementFault): void {
    if (this.faults.length < mostFaults) this.faults.push(fault);
  }
}

export const bankAccountKey = (text: string): string => text.replace(/\s/g, '').toUpperCase();

const plain = /^(\d{1,15})(?:\.(\d{1,5}))?$/;

/** `12.5` of a two-digit currency is 1250; `null`: no amount, or finer than the currency has units. */
export function minorOfDecimal(text: string, currency: string): number | null {
  const [, whole, fraction = ''] = plain.exec(text) ?? [];
  if (whole === undefined || !isCurrency(currency)) return null;
  const digits = minorDigits(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  const minor = Number(`${whole}${kept}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** What banks write where there is no reference. */
const noReference = /^(NOTPROVIDED|NOT PROVIDED|NONREF|NOREF|N\/?A|0+)?$/i;

export const referenceOrNull = (text: string): string | null =>
  noReference.test(text.trim()) ? null : text.trim();

/**
 * What the entries of a statement are known by, whichever file tells them. Banks use a reference once a day only, or one
 * for a whole batch: day, direction, amount and the count of equal ones in the same statement belong to it. Where the bank
 * gives none, the entry's words take its place.
 */
export class EntryKeys {
  private readonly seen = new Map<string, number>();

  keyOf(entry: BankEntry): string {
    const own = identityOf(entry);
    const count = (this.seen.get(own) ?? 0) + 1;
    this.seen.set(own, count);
    return `${own}|${count}`;
  }
}

function identityOf(entry: BankEntry): string {
  const { bankAccount, bookedOn, direction, isReversal, amountMinor, currency, bankReference } = entry;
  const words = [entry.counterparty.iban, entry.endToEndId, entry.references.join(' '), entry.text];
  const told = bankReference === null ? `text:${words.join('|')}` : `ref:${bankReference}`;
  const kind = isReversal ? `${direction}Reversal` : direction;
  return [bankAccount, bookedOn, kind, amountMinor, currency, told].join('|');
}
