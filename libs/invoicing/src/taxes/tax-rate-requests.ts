import { isRate } from '@tollkeeper/money';
import { idField, localDateField, reasonField } from '@tollkeeper/platform';
import { amountFields, taxRuleFields } from '@tollkeeper/tax';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const ids = (most: number) => z.array(idField).max(most).default([]);

/** A row as it is put: with `percent` for a plain tax, or with `amount` for everything else. */
const taxRate = z.strictObject({
  taxId: idField,
  name: z.string().trim().min(1).max(80).describe('As printed on the bill.'),
  levy: z
    .enum(['tax', 'governmentFee', 'recoveryFee'])
    .default('tax')
    .describe("A recovery fee is the carrier's own charge and never stands among the taxes."),
  jurisdiction: z
    .string()
    .regex(
      /^[A-Z]{2}(-[A-Z0-9]+)*$/,
      'must be a country, or places behind it such as US-CA or US-IL-CHICAGO',
    ),
  taxCodes: z.array(z.string().min(1).max(64)).min(1).max(50),
  segment: z.enum(['consumer', 'business']).optional().describe('Left out: everybody.'),
  trigger: z.enum(['bill', 'lineMonth', 'retailSale', 'redemption']).default('bill'),
  rateDate: z.enum(['billDate', 'serviceEnd', 'supply', 'payment']).default('serviceEnd'),
  rateChange: z.enum(['periodEnd', 'apportioned']).default('periodEnd'),
  percent: z
    .string()
    .refine((text) => isRate(text) && !text.startsWith('-'), 'must be a decimal such as "8.875"')
    .optional()
    .describe('Short for an `amount` of kind percentage; "0" says untaxed.'),
  amount: amountFields.optional(),
  rounding: taxRuleFields.shape.rounding,
  roundAt: z.enum(['line', 'bill']).default('bill'),
  roundStep: taxRuleFields.shape.roundStep,
  sumRounding: taxRuleFields.shape.sumRounding,
  roundTogether: idField
    .optional()
    .describe('Taxes of one name are added, rounded once, and the cents handed out by largest remainder.'),
  onTopOf: ids(20).describe('Taxes whose amounts belong to the base.'),
  replaces: ids(20).describe('Taxes of a wider place that it stands instead of.'),
  onPartialCredit: z.enum(['inProportion', 'keep']).default('inProportion'),
  validFrom: localDateField,
  validTo: localDateField.nullable().default(null).describe('First day on which the rate holds no more.'),
  law: z.string().trim().min(1).max(300).describe('The law that sets the rate.'),
});

export type WantedTaxRate = z.output<typeof taxRate>;

export class TaxRatesRequest extends createZodDto(
  z.strictObject({ rates: z.array(taxRate).min(1).max(500), reason: reasonField }),
) {}

export class TaxTableQuery extends createZodDto(z.strictObject({ reason: reasonField })) {}
