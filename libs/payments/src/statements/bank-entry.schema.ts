import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { BankEntry } from '../domain/statements/bank-entry';
import type { MatchedBy, Part, Suggestion } from '../domain/statements/match-entry';

/** A file of a bank's statements. The file itself is not kept: it may hold what must not lie here. */
export interface StatementImportRow {
  _id: string;
  fileName: string;
  format: 'camt.053' | 'csv';
  sha256: string;
  bankAccountIds: string[];
  statements: number;
  /** Of the file: new ones, and those that an earlier file brought. */
  entries: number;
  known: number;
  /** All of the file, before those that are known were left out; left out: not kept then. */
  read?: number;
  /** Pages that are still to be unpacked; left out: none. */
  pages?: number;
  skipped: number;
  state: 'received' | 'completed';
  receivedAt: Instant;
  by: string;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const flag = { type: Boolean, required: true };

export const StatementImports = defineCollection<StatementImportRow>(
  'statementImports',
  rowSchema({
    ...{ _id: text, fileName: text, format: text, sha256: text, bankAccountIds: [String], statements: long },
    ...{
      entries: long,
      known: long,
      read: BigInt,
      pages: BigInt,
      skipped: long,
      state: text,
      receivedAt: text,
      by: text,
    },
  }),
  [{ keys: { sha256: 1 }, unique: true }, { keys: { receivedAt: -1, _id: -1 } }],
);

/**
 * `received`: not looked at yet. `booked`: it is payments of accounts, or takes an earlier entry back. `unmatched`: it
 * lies in suspense, all of it or what was undone. `settled`: it left suspense without an account. `reversed`: the bank took it back.
 */
export type BankEntryState = 'received' | 'booked' | 'unmatched' | 'settled' | 'reversed';

/** What became of money that no account gets: gone back, a gateway's, or none of this house's business. */
export type SettledAs = 'sentBack' | 'gateway' | 'elsewhere' | 'knownPayout';

export interface Settlement {
  as: SettledAs;
  amountMinor: number;
  /** The clearing account that it belongs to. */
  gateway: string;
}

export interface BookedPart extends Part {
  paymentId: string;
  /** It was the wrong account's; left out: it stands. */
  undoneAt?: Instant;
}

export interface BankEntryRow extends Omit<BankEntry, 'counterparty'> {
  _id: string;
  /** SHA-256 of what it is known by: the words in it may be anything. */
  keyHash: string;
  importId: string;
  /** Its place in the file, from 1; left out: stored before this was kept. */
  no?: number;
  bankAccountId: string;
  bookedOn: LocalDate;
  counterpartyName: string;
  counterpartyIban: string;
  /** `cardNumber`: the text held one, it is masked. */
  flags: string[];
  state: BankEntryState;
  matchedBy: MatchedBy | 'person' | 'reversal' | null;
  parts: BookedPart[];
  settlement: Settlement | null;
  suggestions: Suggestion[];
  /** The entry that it takes back, or by which it was taken back. */
  otherEntryId: string | null;
  receivedAt: Instant;
  decidedAt: Instant | null;
  decidedBy: string | null;
  /** How often what was decided was undone; left out: never. */
  undone?: number;
}

export const BankEntries = defineCollection<BankEntryRow>(
  'bankEntries',
  rowSchema({
    ...{
      _id: text,
      keyHash: text,
      importId: text,
      no: BigInt,
      bankAccountId: text,
      bankAccount: text,
      place: text,
    },
    ...{ bankReference: String, direction: text, isReversal: flag, amountMinor: long, currency: text },
    ...{ bookedOn: text, counterpartyName: String, counterpartyIban: String, references: [String] },
    ...{ endToEndId: String, text: String, isBatch: flag, flags: [String], state: text, matchedBy: String },
    parts: [
      rowSchema({ paymentId: text, accountId: text, invoiceId: String, amountMinor: long, undoneAt: String }),
    ],
    settlement: rowSchema({ as: text, amountMinor: long, gateway: text }),
    suggestions: [Object],
    ...{ otherEntryId: String, receivedAt: text, decidedAt: String, decidedBy: String, undone: BigInt },
  }),
  [
    { keys: { keyHash: 1 }, unique: true },
    { keys: { importId: 1, _id: 1 } },
    { keys: { importId: 1, state: 1, _id: 1 } },
    { keys: { importId: 1, isReversal: 1, no: 1, _id: 1 }, partial: { state: 'received' } },
    { keys: { state: 1, _id: 1 } },
    { keys: { bankReference: 1 }, partial: { bankReference: { $type: 'string' } } },
    { keys: { endToEndId: 1 }, partial: { endToEndId: { $gt: '' } } },
    { keys: { counterpartyIban: 1, amountMinor: 1 }, partial: { counterpartyIban: { $gt: '' } } },
    { keys: { 'parts.accountId': 1, _id: 1 } },
  ],
);
