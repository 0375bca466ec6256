import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What the catalog has to know of an account: to whom a coupon or a price of its own is given, and which offerings are held. */
export interface AccountRow {
  _id: string;
  accountId: string;
  revision: number;
  customerId: string;
  currency: string;
  /** Also those that have ended. */
  subscriptionIds: string[];
  held: HeldOffering[];
  /** Counts the transactions that wanted the account to themselves. */
  locks?: number;
}

export interface HeldOffering {
  subscriptionId: string;
  offeringId: string;
  from: Instant;
  to: Instant | null;
}

const text = { type: String, required: true };

export const Accounts = defineCollection<AccountRow>(
  'accountCopies',
  rowSchema({
    _id: text,
    accountId: text,
    revision: { type: Number, required: true },
    customerId: text,
    currency: text,
    subscriptionIds: [String],
    locks: Number,
    held: [rowSchema({ subscriptionId: text, offeringId: text, from: text, to: String })],
  }),
  [{ keys: { accountId: 1 }, unique: true }, { keys: { 'held.offeringId': 1 } }],
);
