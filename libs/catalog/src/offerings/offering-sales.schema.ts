import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A retired offering: not sold from `salesEndAt` on, whatever its versions say. Null: it is sold again. */
export interface OfferingSalesRow {
  _id: string;
  offeringId: string;
  revision: number;
  salesEndAt: string | null;
}

export const OfferingSales = defineCollection<OfferingSalesRow>(
  'offeringSales',
  rowSchema({
    _id: { type: String, required: true },
    offeringId: { type: String, required: true },
    revision: { type: Number, required: true },
    salesEndAt: String,
  }),
  [{ keys: { offeringId: 1 }, unique: true }, { keys: { salesEndAt: 1 } }],
);
