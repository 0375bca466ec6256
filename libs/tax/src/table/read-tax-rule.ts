import { isLocalDate } from '@tollkeeper/calendar';
import { isRate } from '@tollkeeper/money';
import { z } from 'zod';
import type { AmountRule, TaxRule } from './tax-rule';

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
    capMinor: minor.optional(),
    capAt: z.enum(['line', 'bill']).optional(),
  }),
  z.strictObject({ kind: z.literal('perLine'), amount: rate }),
  z.strictObject({ kind: z.literal('perMinute'), amount: rate }),
  z.strictObject({
    kind: z.literal('tiered'),
    tiers: z
      .array(z.strictObject({ upToMinor: minor.nullable(), percent: rate }))
      .min(1)
      .max(50),
  }),
  z.strictObject({ kind: z.literal('untaxed') }),
]);

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
    rounding: z.enum(['halfUp', 'halfEven', 'up', 'down']).default('halfUp'),
    roundAt: z.enum(['line', 'bill']).default('bill'),
    roundTogether: id.optional(),
    onTopOf: z.array(id).max(20).default([]),
    replaces: z.array(id).max(20).default([]),
    onPartialCredit: z.enum(['inProportion', 'keep']).default('inProportion'),
    validFrom: date,
    validTo: date.nullable().default(null).describe('First day on which the rate holds no more.'),
    law: z.string().trim().min(1).max(300).describe('The law that sets the rate.'),
  })
  .superRefine((rule, context) => {
    for (const [path, message] of faultsOf(rule)) context.addIssue({ code: 'custom', path: [path], message });
  });

/** A government's name on a carrier's own charge misleads: 47 CFR 64.2401(b) and FCC 05-55, para. 27. */
const governmentWords = /\b(tax|government|federal|state|mandated|911 fee)\b/i;

function faultsOf(rule: Omit<TaxRule, 'amount'> & { amount: AmountRule }): [string, string][] {
  const faults: [string, string][] = [];
  if (rule.validTo !== null && rule.validTo <= rule.validFrom)
    faults.push(['validTo', 'must be after validFrom']);
  if (rule.levy === 'recoveryFee' && governmentWords.test(rule.name))
    faults.push([
      'name',
      "is the carrier's own charge: it must not read like a tax or a government's fee; say recovery",
    ]);
  if ((rule.amount.kind === 'perLine') !== (rule.trigger === 'lineMonth'))
    faults.push(['trigger', 'lineMonth goes with an amount perLine, and only with it']);
  if (rule.roundTogether !== undefined && !isPlainPerLine(rule))
    faults.push(['roundTogether', 'is for plain percentages that are rounded at each line']);
  if (rule.amount.kind === 'percentage' && rule.amount.capAt && rule.amount.capMinor === undefined)
    faults.push(['amount', 'capAt needs a cap: give capMinor']);
  if (rule.amount.kind === 'tiered') faults.push(...tierFaults(rule.amount.tiers));
  if (rule.onTopOf.includes(rule.taxId)) faults.push(['onTopOf', 'a tax cannot be on top of itself']);
  return faults;
}

const isPlainPerLine = ({ amount: rule, roundAt }: Pick<TaxRule, 'amount' | 'roundAt'>): boolean =>
  rule.kind === 'percentage' && !rule.share && !rule.grossUp && roundAt === 'line';

function tierFaults(tiers: { upToMinor: number | null }[]): [string, string][] {
  const inOrder = tiers.every(({ upToMinor }, at) => {
    const before = tiers[at - 1]?.upToMinor ?? 0;
    return upToMinor === null ? at === tiers.length - 1 : upToMinor > before;
  });
  const endsOpen = tiers.at(-1)?.upToMinor === null;
  return inOrder && endsOpen ? [] : [['amount', 'each tier ends above the one before; the last has no end']];
}
