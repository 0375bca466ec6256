import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { TaxRate } from './domain/tax-lines';

export interface TaxRateRow extends TaxRate {
  _id: string;
}

const text = { type: String, required: true };

export const TaxRates = defineCollection<TaxRateRow>(
  'taxRates',
  rowSchema({
    _id: text,
    taxId: text,
    name: text,
    jurisdiction: text,
    taxCodes: { type: [String], required: true },
    percent: text,
    rounding: text,
    validFrom: text,
    validTo: String,
    law: text,
  }),
  [{ keys: { taxId: 1, jurisdiction: 1, validFrom: 1 }, unique: true }],
);
