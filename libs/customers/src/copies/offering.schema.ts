import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Until when an offering is sold, whatever its versions say; the higher revision wins. */
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
  [{ keys: { offeringId: 1 }, unique: true }],
);
