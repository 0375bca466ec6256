import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { AmountRule, TaxRule } from '@tollkeeper/tax';

/** A rule of the tax table. Rows from before say `percent` and nothing of what was added since. */
export type TaxRateRow = { _id: string } & Pick<
  TaxRule,
  'taxId' | 'name' | 'jurisdiction' | 'taxCodes' | 'rounding' | 'validFrom' | 'validTo' | 'law'
> &
  Partial<Omit<TaxRule, 'amount'>> & { percent?: string; amount?: AmountRule };

const text = { type: String, required: true };

export const TaxRates = defineCollection<TaxRateRow>(
  'taxRates',
  rowSchema({
    _id: text,
    taxId: text,
    name: text,
    levy: String,
    jurisdiction: text,
    taxCodes: { type: [String], required: true },
    segment: String,
    trigger: String,
    rateDate: String,
    rateChange: String,
    percent: String,
    amount: rowSchema({
      kind: text,
      percent: String,
      share: String,
      grossUp: Boolean,
      insidePercent: String,
      taxesOnly: Boolean,
      capMinor: BigInt,
      capAt: String,
      amount: String,
      per: String,
      lineTiers: { type: [rowSchema({ upToLines: Number, percent: text })], default: undefined },
      tiers: { type: [rowSchema({ upToMinor: BigInt, percent: text })], default: undefined },
    }),
    rounding: text,
    roundAt: String,
    roundStep: String,
    sumRounding: String,
    roundTogether: String,
    onTopOf: { type: [String], default: undefined },
    replaces: { type: [String], default: undefined },
    onPartialCredit: String,
    validFrom: text,
    validTo: String,
    law: text,
  }),
  [{ keys: { taxId: 1, jurisdiction: 1, validFrom: 1 }, unique: true }],
);
