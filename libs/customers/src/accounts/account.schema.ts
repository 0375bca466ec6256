import type { Cycle } from '@tollkeeper/calendar';
import type { PostalAddress } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { Restriction } from '../domain/network-state';

/** A BillingAccount: who pays, and how the customer is reached. */
export interface AccountRow {
  _id: string;
  /** The caller's own name for the account; importing it again finds the account. */
  externalId: string;
  revision: number;
  customerName: string;
  /** Lower case, for search. */
  nameWords: string[];
  email: string;
  language: string;
  address: PostalAddress;
  zone: string;
  currency: string;
  cycleId: string | null;
  cycle: Cycle | null;
  termsDays: number;
  restriction: Restriction;
  createdAt: string;
}

const text = { type: String, required: true };

export const Accounts = defineCollection<AccountRow>(
  'accounts',
  rowSchema({
    _id: text,
    externalId: text,
    revision: { type: Number, required: true },
    customerName: text,
    nameWords: [String],
    email: text,
    language: text,
    address: { type: Object, required: true },
    zone: text,
    currency: text,
    cycleId: String,
    cycle: Object,
    termsDays: { type: Number, required: true },
    restriction: text,
    createdAt: text,
  }),
  [{ keys: { externalId: 1 }, unique: true }, { keys: { nameWords: 1 } }, { keys: { email: 1 } }],
);
