import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Money that an account has loaded and not spent; never below zero. */
export interface BalanceRow {
  /** The account's id. */
  _id: string;
  balanceMinor: number;
  currency: string;
  /** Entries so far: the number of the last one. */
  entries: number;
}

const text = { type: String, required: true };
const whole = { type: BigInt, required: true };

export const Balances = defineCollection<BalanceRow>(
  'topUpBalances',
  rowSchema({ _id: text, balanceMinor: { ...whole, min: 0 }, currency: text, entries: whole }),
  [],
);

const balanceMoves = ['topUp', 'renewal', 'refund', 'renewalReturned', 'takenBack'] as const;

/** One movement of a balance; appended, never changed. */
export interface BalanceEntryRow {
  /** `<tenantId>/<key>`: the same movement again is the same entry. */
  _id: string;
  accountId: string;
  no: number;
  what: (typeof balanceMoves)[number];
  /** Below zero when money left. */
  amountMinor: number;
  /** After it. */
  balanceMinor: number;
  currency: string;
  paymentId: string | null;
  refundId: string | null;
  subscriptionId: string | null;
  at: Instant;
}

export const BalanceEntries = defineCollection<BalanceEntryRow>(
  'topUpEntries',
  rowSchema({
    _id: text,
    accountId: text,
    no: whole,
    what: { ...text, enum: balanceMoves },
    amountMinor: whole,
    balanceMinor: whole,
    currency: text,
    paymentId: String,
    refundId: String,
    subscriptionId: String,
    at: text,
  }),
  [{ keys: { accountId: 1, no: -1 }, unique: true }],
);
