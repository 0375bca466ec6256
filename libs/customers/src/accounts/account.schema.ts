import type { Cycle } from '@tollkeeper/calendar';
import type { CreditTerms, PostalAddress, TaxCertificate } from '@tollkeeper/contracts';
import { creditTermsColumns } from './credit-class.schema';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import { type Restriction, type UsageBar, usageBars } from '../domain/network-state';
import type { ParentLink } from '../domain/payer-periods';

/** Says something about an account for a time, and why; control tags are obeyed by processes. */
export interface AccountTag {
  tagId: string;
  tag: string;
  reason: string;
  from: string;
  to: string | null;
  setBy: string;
}

/** A BillingAccount: who pays, and how the customer is reached. */
export interface AccountRow {
  _id: string;
  /** The caller's own name for the account; importing it again finds the account. */
  externalId: string;
  revision: number;
  /** The party whose account it is. */
  customerId: string;
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
  /** What its usage has barred; left out: nothing. */
  usageBar?: UsageBar | null;
  /** Its places in the account tree, by time. */
  parents: ParentLink[];
  taxCertificates: TaxCertificate[];
  creditTerms: CreditTerms | null;
  tags: AccountTag[];
  createdAt: string;
}

const text = { type: String, required: true };

const link = rowSchema({ parentAccountId: text, paidBy: text, from: text, to: String });
const certificate = rowSchema({
  certificateId: text,
  number: text,
  jurisdiction: text,
  reason: text,
  validFromOn: text,
  validToOn: String,
});
const tag = rowSchema({ tagId: text, tag: text, reason: text, from: text, to: String, setBy: text });

export const Accounts = defineCollection<AccountRow>(
  'accounts',
  rowSchema({
    _id: text,
    externalId: text,
    revision: { type: Number, required: true },
    customerId: text,
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
    usageBar: { type: String, enum: [...usageBars, null] },
    parents: [link],
    taxCertificates: [certificate],
    creditTerms: creditTermsColumns,
    tags: [tag],
    createdAt: text,
  }),
  [
    { keys: { externalId: 1 }, unique: true },
    { keys: { nameWords: 1 } },
    { keys: { email: 1 } },
    { keys: { customerId: 1 } },
    {
      keys: { 'parents.parentAccountId': 1 },
      partial: { 'parents.parentAccountId': { $type: 'string' } },
    },
    {
      keys: { 'creditTerms.creditClass': 1 },
      partial: { 'creditTerms.creditClass': { $type: 'string' } },
    },
  ],
);
