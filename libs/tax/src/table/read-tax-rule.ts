import { isLocalDate } from '@tollkeeper/calendar';
import { isRate } from '@tollkeeper/money';
import { z } from 'zod';
import { ruleFaults } from './rule-faults';
import { type AmountRule, capPlaces } from './tax-rule';

const rate = z.string().refine((text) => isRate(text) && !text.startsWith('-'), {
  message: 'must be a plain decimal that is not negative, such as "8.875"',
});
const date = z.string().refine(isLocalDate, { message: 'must be a date such as 2026-01-01' });
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be letters, digits, _ . -');
const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]+)*$/, 'must be a country, or places behind it such as US-TX or US-IL-CHICAGO');
const minor = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const amountFields: z.ZodType<AmountRule> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('percentage'),
    percent: rate,
    share: rate.optional(),
    grossUp: z.boolean().optional(),
    insidePercent: rate
      .optional()
      .describe('With `grossUp`: all taxes inside the price together, in percent of it.'),
    taxesOnly: z.boolean().optional().describe('Of the taxes of `onTopOf` alone, not of the charge.'),
    capMinor: minor.optional(),
    capAt: z
      .enum(capPlaces)
      .optional()
      .describe(
        '`line`: each charge; `lineMonth`, `accountMonth`: all bills of a month of service together.',
      ),
  }),
  z.strictObject({
    kind: z.literal('perLine'),
    amount: rate,
    lineTiers: z
      .array(
        z.strictObject({
          upToLines: z.number().int().min(1).max(100_000).nullable(),
          percent: z.string().regex(/^(100|\d{1,2}(\.\d{1,6})?)$/, 'must be from "0" to "100"'),
        }),
      )
      .min(1)
      .max(50)
      .optional()
      .describe('What the n-th line of the account pays of it; the last tier has no end.'),
  }),
  z.strictObject({ kind: z.literal('perMinute'), amount: rate }),
  z.strictObject({
    kind: z.literal('fixed'),
    amount: rate.describe('Whole, whatever the charge is, in major units.'),
    per: z.enum(['charge', 'bill']),
  }),
  z.strictObject({
    kind: z.literal('tiered'),
    tiers: z
      .array(z.strictObject({ upToMinor: minor.nullable(), percent: rate }))
      .min(1)
      .max(50),
  }),
  z.strictObject({ kind: z.literal('untaxed') }),
]);

const roundingModes = z.enum(['halfUp', 'halfEven', 'halfDown', 'up', 'down']);

/** A dated row, from a request or from a line of CSV. */
export const taxRuleFields = z
  .strictObject({
    taxId: id,
    name: z.string().trim().min(1).max(80).describe('As printed on the bill.'),
    levy: z.enum(['tax', 'governmentFee', 'recoveryFee']),
    jurisdiction,
    taxCodes: z.array(z.string().min(1).max(64)).min(1).max(50),
    segment: z.enum(['consumer', 'business']).optional(),
    trigger: z.enum(['bill', 'lineMonth', 'retailSale', 'redemption']).default('bill'),
    rateDate: z.enum(['billDate', 'serviceEnd', 'supply', 'payment']).default('serviceEnd'),
    rateChange: z.enum(['periodEnd', 'apportioned']).default('periodEnd'),
    amount: amountFields,
    rounding: roundingModes.default('halfUp'),
    roundAt: z.enum(['line', 'bill']).default('bill'),
    roundStep: z
      .string()
      .regex(
        /^(0|[1-9]\d{0,5})(\.\d{1,6})?$/,
        'must be a plain decimal with at most 6 decimals, such as "0.001"',
      )
      .optional()
      .describe('What is rounded to, in major units: "0.001", "1".'),
    sumRounding: roundingModes.optional().describe('How a sum of finer steps comes to the smallest unit.'),
    roundTogether: id.optional(),
    onTopOf: z.array(id).max(20).default([]),
    replaces: z.array(id).max(20).default([]),
    onPartialCredit: z.enum(['inProportion', 'keep']).default('inProportion'),
    validFrom: date,
    validTo: date.nullable().default(null).describe('First day on which the rate holds no more.'),
    law: z.string().trim().min(1).max(300).describe('The law that sets the rate.'),
  })
  .superRefine((rule, context) => {
    for (const [path, message] of ruleFaults(rule))
      context.addIssue({ code: 'custom', path: [path], message });
  });
