import type {
  AccountProfile,
  OfferingVersion,
  OneOffCharge,
  RatedTotal,
  RecurringCharge,
  SubscriptionProfile,
} from '@tollkeeper/contracts';
import { type TaxRule, taxRuleFields } from '@tollkeeper/tax';
import type { BillingInput } from './build-invoice';

/** Small true inputs of a bill, for specs: an account in Berlin on a monthly cycle. */
export const sampleCharge = (
  chargeId: string,
  amountMinor: number,
  more: Partial<RecurringCharge> = {},
): RecurringCharge => ({
  chargeId,
  name: chargeId,
  amountMinor,
  timing: 'inArrears',
  per: 'subscription',
  prorate: true,
  taxCode: 'telecom',
  revenueCategory: 'recurring',
  ...more,
});

export const sampleFee = (
  chargeId: string,
  amountMinor: number,
  when: OneOffCharge['when'],
  more: Partial<OneOffCharge> = {},
): OneOffCharge => ({
  chargeId,
  name: chargeId,
  amountMinor,
  when,
  taxCode: 'telecom',
  revenueCategory: 'fee',
  ...more,
});

export const sampleOffering = (
  offeringId: string,
  recurringCharges: RecurringCharge[],
  more: Partial<OfferingVersion> = {},
): OfferingVersion => ({
  offeringId,
  version: 1,
  name: offeringId,
  currency: 'EUR',
  validFrom: '2025-01-01T00:00:00.000Z',
  deckId: 'deck',
  recurringCharges,
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
  ...more,
});

export const sampleSubscription = (
  subscriptionId: string,
  offeringId: string,
  more: Partial<SubscriptionProfile> = {},
): SubscriptionProfile => {
  const activeFrom = more.activeFrom ?? '2026-01-01T00:00:00.000Z';
  return {
    subscriptionId,
    status: 'active',
    activeFrom,
    activeTo: null,
    plans: [{ offeringId, from: activeFrom, to: null }],
    identifiers: [{ kind: 'msisdn', value: `49151${subscriptionId}`, from: activeFrom, to: null }],
    poolId: null,
    paidPeriods: [],
    ...more,
  };
};

export const sampleAccount = (...subscriptions: SubscriptionProfile[]): AccountProfile => ({
  accountId: 'acc_1',
  revision: 1,
  customerName: 'Ada Lovelace',
  email: 'ada@example.com',
  language: 'en',
  address: { lines: ['1 Main St'], city: 'Berlin', region: '', postalCode: '10115', country: 'DE' },
  zone: 'UTC',
  currency: 'EUR',
  cycleId: 'cyc_1',
  cycle: { frequency: 'monthly', anchorDay: 1, zone: 'UTC' },
  termsDays: 14,
  subscriptions,
});

export const sampleUsage = (
  subscriptionId: string,
  offeringId: string,
  amountMicro: number,
  more: Partial<RatedTotal> = {},
): RatedTotal => ({
  accountId: 'acc_1',
  subscriptionId,
  periodId: `per_${subscriptionId}`,
  offeringId,
  usageType: 'voice',
  zone: 'home',
  revenueCategory: 'voice',
  taxCode: 'voice',
  description: 'Calls',
  records: 1,
  quantity: 60,
  includedQuantity: 0,
  amountMicro,
  ...more,
});

export const sampleTax = (taxCode: string, percent: string, more: Partial<TaxRule> = {}): TaxRule => ({
  ...taxRuleFields.parse({
    taxId: `de-${taxCode}`,
    name: `VAT ${taxCode}`,
    levy: 'tax',
    jurisdiction: 'DE',
    taxCodes: [taxCode],
    amount: percent === '0' ? { kind: 'untaxed' } : { kind: 'percentage', percent },
    validFrom: '2021-01-01',
    law: 'UStG 12',
  }),
  ...more,
});

export const sampleInput = (more: Partial<BillingInput>): BillingInput => ({
  cycle: { frequency: 'monthly', anchorDay: 1, zone: 'UTC' },
  startsOn: '2026-01-01',
  cutOffOn: '2026-02-01',
  account: sampleAccount(sampleSubscription('1', 'plan')),
  offerings: [sampleOffering('plan', [sampleCharge('fee', 1000)])],
  totals: [],
  lastBilled: null,
  taxRules: [
    sampleTax('telecom', '19'),
    sampleTax('voice', '10'),
    sampleTax('data', '20'),
    sampleTax('device', '0'),
  ],
  ...more,
});
