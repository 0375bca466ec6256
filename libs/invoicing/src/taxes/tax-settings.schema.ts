import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { TaxSettings } from '../domain/tax-settings';

interface TaxSettingsRow extends Omit<TaxSettings, 'shares'> {
  _id: string;
  shares: { taxId: string; percent: string }[];
}

const text = { type: String, required: true };

export const TaxSettingsRows = defineCollection<TaxSettingsRow>(
  'taxSettings',
  rowSchema({
    _id: text,
    notCharged: { type: [String], required: true },
    shares: [rowSchema({ taxId: text, percent: text })],
    pricesIncludeTax: { type: Boolean, required: true },
    placeBy: text,
    establishedIn: String,
    belowUnionThreshold: Boolean,
  }),
  [],
);
