import { createHash } from 'node:crypto';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { holdsCardNumber } from '@tollkeeper/contracts';
import { badInput, maskCardNumbers, newId, refuseFindings } from '@tollkeeper/platform';
import {
  type BankEntry,
  EntryKeys,
  type StatementFault,
  type StatementSink,
} from '../domain/statements/bank-entry';
import type { BankAccountRow } from './bank-account.schema';
import type { BankEntryRow } from './bank-entry.schema';

export const mostEntries = 100_000;
const mostFindings = 50;
const longestText = 1_000;
const mostReferences = 200;
/** A page is one document: at most 16 MB. */
const page = { entries: 1_000, characters: 3_000_000 };
const hint = 'Nothing of the file was taken. Correct it, or ask the bank for it again.';

interface Intake {
  importId: string;
  at: Instant;
  today: LocalDate;
  /** All accounts of the operator's. */
  accounts: readonly BankAccountRow[];
}

/** Takes the entries of a file one after the other; what speaks against the file is told once all of it is read. */
export class StatementIntake implements StatementSink {
  private readonly faults: StatementFault[] = [];
  private readonly foreign: StatementFault[] = [];
  private readonly early: StatementFault[] = [];
  private readonly own = new Set<BankAccountRow>();
  private readonly hashes = new Set<string>();
  private keys = new EntryKeys();
  private rows: BankEntryRow[] = [];
  private characters = 0;
  private isForeign = false;
  statements = 0;
  /** Of the file, those that it tells twice included. */
  read = 0;
  skipped = 0;
  flagged = 0;

  constructor(private readonly intake: Intake) {}

  begin(bankAccount: string): void {
    this.statements += 1;
    this.keys = new EntryKeys();
    const ours = this.intake.accounts.filter(({ account }) => account === bankAccount);
    for (const each of ours) this.own.add(each);
    this.isForeign = ours.length === 0;
    if (this.isForeign)
      this.note(this.foreign, {
        field: `statement ${this.statements}`,
        reason: `account ${bankAccount} is none of yours`,
      });
  }

  entry(entry: BankEntry): void {
    this.read += 1;
    if (this.read > mostEntries) return;
    const { bankAccount, bookedOn, currency, place } = entry;
    const own = this.intake.accounts.find(
      (each) => each.account === bankAccount && each.currency === currency,
    );
    if (!own && !this.isForeign) {
      this.isForeign = true;
      this.note(this.foreign, { field: place, reason: `the account is not kept in ${currency}` });
    }
    if (bookedOn > this.intake.today)
      this.note(this.early, {
        field: place,
        reason: `is booked on ${bookedOn}, it is only ${this.intake.today}`,
      });
    const keyHash = hashOf(this.keys.keyOf(entry));
    if (this.hashes.has(keyHash) || !this.mayBeTaken) return;
    this.hashes.add(keyHash);
    this.keep(
      rowOf(entry, { keyHash, no: this.hashes.size, bankAccountId: own?.bankAccountId ?? '' }, this.intake),
    );
  }

  skip(): void {
    this.skipped += 1;
  }

  fault(fault: StatementFault): void {
    this.note(this.faults, fault);
  }

  get bankAccountIds(): string[] {
    return [...this.own].map(({ bankAccountId }) => bankAccountId);
  }

  /** What it is refused for, is refused whatever follows. */
  get mayBeTaken(): boolean {
    return this.read <= mostEntries && this.faults.length + this.foreign.length + this.early.length === 0;
  }

  /** Rows for the next page; `null`: there are not enough for one. */
  takePage(isLast: boolean): BankEntryRow[] | null {
    const isFull = this.rows.length >= page.entries || this.characters >= page.characters;
    if (this.rows.length === 0 || !(isFull || isLast)) return null;
    let [count, characters] = [0, 0];
    for (const row of this.rows.slice(0, page.entries)) {
      if (characters >= page.characters) break;
      characters += charactersOf(row);
      count += 1;
    }
    this.characters -= characters;
    return this.rows.splice(0, count);
  }

  refuse(): void {
    refuseFindings(this.faults, hint);
    if (this.read > mostEntries)
      throw badInput(
        'body',
        `It has more than ${mostEntries} entries, so many are taken of a file.`,
        'Send it in parts, such as a file a day or a bank account.',
      );
    refuseFindings(this.foreign, 'PUT /v1/payments/bank-accounts/{id} with its IBAN or number and currency.');
    refuseFindings(this.early, hint);
  }

  private keep(row: BankEntryRow): void {
    this.rows.push(row);
    this.characters += charactersOf(row);
    if (row.flags.length > 0) this.flagged += 1;
  }

  private note(findings: StatementFault[], finding: StatementFault): void {
    if (findings.length < mostFindings) findings.push(finding);
    this.rows = [];
    this.characters = 0;
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export const masked = (text: string): string => maskCardNumbers(text).slice(0, longestText);

const charactersOf = ({ text, references }: BankEntryRow): number =>
  references.reduce((sum, reference) => sum + reference.length, text.length + longestText);

/** What a payer wrote may be anything, a card number too: it is masked before it is stored, and said to have been there. */
function rowOf(
  { counterparty, ...entry }: BankEntry,
  known: { keyHash: string; no: number; bankAccountId: string },
  { importId, at }: Intake,
): BankEntryRow {
  const { name, iban } = counterparty;
  const words = [name, iban, entry.text, entry.endToEndId, entry.bankReference ?? '', ...entry.references];
  return {
    ...entry,
    ...{ _id: newId('bke'), importId, ...known },
    bankReference: entry.bankReference === null ? null : masked(entry.bankReference),
    counterpartyName: masked(name),
    counterpartyIban: masked(iban),
    references: entry.references.slice(0, mostReferences).map(masked),
    endToEndId: masked(entry.endToEndId),
    text: masked(entry.text),
    flags: words.some(holdsCardNumber) ? ['cardNumber'] : [],
    ...{ state: 'received', matchedBy: null, parts: [], settlement: null, suggestions: [] },
    ...{ otherEntryId: null, receivedAt: at, decidedAt: null, decidedBy: null },
  };
}
