import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { OfferingPrice } from '../domain/offering-price';

export interface OfferingRow extends OfferingPrice {
  _id: string;
}

const text = { type: String, required: true };

/** Copies of published offering versions: what customers needs to sell and renew them. */
export const OfferingCopies = defineCollection<OfferingRow>(
  'offeringCopies',
  rowSchema({
    _id: text,
    offeringId: text,
    version: { type: Number, required: true },
    name: text,
    currency: text,
    validFrom: text,
    paidInAdvance: rowSchema({
      days: { type: Number, required: true },
      amountMinor: { type: BigInt, required: true },
    }),
  }),
  [{ keys: { offeringId: 1, validFrom: 1 } }],
);
