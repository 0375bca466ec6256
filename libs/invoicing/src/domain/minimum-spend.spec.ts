import { describe, expect, it } from '@jest/globals';
import type { MinimumSpend, RecurringCharge } from '@tollkeeper/contracts';
import { type BillingInput, buildInvoice } from './build-invoice';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleUsage,
} from './sample-billing';

describe('the least that a period costs', () => {
  const minimum = (amountMinor: number, more: Partial<MinimumSpend> = {}): MinimumSpend => ({
    minimumId: 'least',
    name: 'Minimum',
    amountMinor,
    of: 'all',
    taxCode: 'telecom',
    revenueCategory: 'service',
    ...more,
  });
  const plan = (fee: number, least: MinimumSpend, more: Partial<RecurringCharge> = {}) => [
    sampleOffering('plan', [sampleCharge('fee', fee, more)], { commitment: { minimums: [least] } }),
  ];
  const used = (minor: number, priceId?: string) =>
    sampleUsage('1', 'plan', minor * 10_000, priceId ? { priceId, description: priceId } : {});
  const until = (activeTo: string) =>
    sampleAccount(sampleSubscription('1', 'plan', { activeTo, activeFrom: '2026-01-08T00:00:00.000Z' }));

  it.each<[string, Partial<BillingInput>, number | null]>([
    [
      'C040 a month with fee and usage',
      { offerings: plan(10_000, minimum(1_000_000)), totals: [used(1000)] },
      989_000,
    ],
    [
      'charged in advance: the fee counts for the month it is for, not for the bill it is on',
      { offerings: plan(10_000, minimum(1_000_000), { timing: 'inAdvance' }), totals: [used(1000)] },
      989_000,
    ],
    [
      'C043 usage alone, 25 of 28 days',
      {
        cutOffOn: '2026-03-01',
        lastBilled: { periodTo: '2026-02-01', chargedThrough: {} },
        account: until('2026-02-26T00:00:00.000Z'),
        offerings: plan(5000, minimum(10_000, { of: 'usage' })),
        totals: [used(7000)],
      },
      1929,
    ],
    [
      'usage of the named prices alone',
      {
        offerings: plan(0, minimum(5000, { of: 'usage', priceIds: ['usa'] })),
        totals: [used(2000, 'usa'), used(9000, 'europe')],
      },
      3000,
    ],
    ['reached', { offerings: plan(10_000, minimum(10_000)) }, null],
  ])('%s', (_, given, expected) => {
    const found = buildInvoice(sampleInput(given))?.lines.find(({ kind }) => kind === 'minimum');
    expect(found?.amountMinor ?? null).toBe(expected);
  });
});
