import type { Instant, LocalDate } from '@tollkeeper/calendar';
import {
  customerAccounts,
  type CustomerBalanceField,
  type PostingLine,
  type PostingRule,
} from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

interface PostedDebt {
  dueOn: LocalDate;
  minor: number;
  currency: string;
}

/** Append-only: a mistake is undone by a counter-posting. */
export interface PostingRow {
  /** `<what caused it>/<rule>`: a repeat is refused. */
  _id: string;
  rule: PostingRule;
  at: Instant;
  /** Day in the books, in the operator's zone. */
  on: LocalDate;
  /** `null`: posted for the tenant as a whole (recognition of a day); touches no customer's balance. */
  accountId: string | null;
  invoiceId: string | null;
  paymentId: string | null;
  lines: PostingLine[];
  /** Of an entry that a person posted. */
  reason?: string;
  /** What it adds to a customer's debt, and since when that is due: kept so that debts can be aged at any day. */
  debt?: PostedDebt;
  /** Why it stands on another day than the one it is about. */
  note?: string;
}

/** The only cached sums; control accounts are always summed from the postings. */
export type CustomerBalanceRow = { _id: string; accountId: string; currency: string } & Partial<
  Record<CustomerBalanceField, number>
> & {
    /** Raised with each posting; rows of before lack it. */
    revision?: number;
    /** Since when a deposit is held without a break. */
    depositSince?: Instant | null;
  };

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const Postings = defineCollection<PostingRow>(
  'postings',
  rowSchema({
    _id: text,
    rule: text,
    at: text,
    on: text,
    accountId: String,
    invoiceId: String,
    paymentId: String,
    lines: [rowSchema({ account: text, amountMinor: long, currency: text })],
    debt: rowSchema({ dueOn: text, minor: long, currency: text }),
    note: String,
    reason: String,
  }),
  [
    { keys: { accountId: 1, at: -1, _id: -1 } },
    { keys: { on: 1, at: 1, _id: 1 } },
    { keys: { invoiceId: 1 } },
    {
      keys: { on: 1, 'debt.dueOn': 1, 'debt.currency': 1, 'debt.minor': 1, accountId: 1 },
      partial: { 'debt.minor': { $exists: true } },
    },
  ],
);

export const CustomerBalances = defineCollection<CustomerBalanceRow>(
  'customerBalances',
  rowSchema({
    _id: text,
    accountId: text,
    currency: text,
    revision: Number,
    depositSince: String,
    ...Object.fromEntries(Object.values(customerAccounts).map((field) => [field, BigInt])),
  }),
  [{ keys: { accountId: 1, currency: 1 }, unique: true }],
);
