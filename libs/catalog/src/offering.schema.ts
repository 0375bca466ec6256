import type { OfferingVersion } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A draft is published once and never changes again. */
export type VersionState = 'draft' | 'published';

export interface OfferingRow extends OfferingVersion {
  _id: string;
  state: VersionState;
  publicationId: string | null;
  createdAt: string;
  publishedAt: string | null;
  inForceAt: string | null;
}

const text = { type: String, required: true };
const minor = { type: BigInt, required: true };

const recurringCharge = rowSchema({
  chargeId: text,
  name: text,
  amountMinor: minor,
  timing: text,
  per: text,
  prorate: { type: Boolean, required: true },
  taxCode: text,
  revenueCategory: text,
});

const allowance = rowSchema({
  allowanceId: text,
  name: text,
  usageType: text,
  zones: { type: [String], required: true },
  units: { type: BigInt, required: true },
  priority: { type: Number, required: true },
  shared: { type: Boolean, required: true },
});

export const Offerings = defineCollection<OfferingRow>(
  'offerings',
  rowSchema({
    _id: text,
    offeringId: text,
    version: { type: Number, required: true },
    state: text,
    name: text,
    currency: text,
    validFrom: text,
    deckId: text,
    recurringCharges: [recurringCharge],
    allowances: [allowance],
    usageTaxCode: text,
    paidInAdvance: rowSchema({ days: { type: Number, required: true }, amountMinor: minor }),
    publicationId: String,
    createdAt: text,
    publishedAt: String,
    inForceAt: String,
  }),
  [{ keys: { offeringId: 1, version: 1 }, unique: true }],
);
