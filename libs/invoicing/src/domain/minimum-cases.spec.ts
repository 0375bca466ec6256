import { expect, it } from '@jest/globals';
import type { MinimumSpend } from '@tollkeeper/contracts';
import { buildInvoice } from './build-invoice';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleUsage,
} from './sample-billing';

const minimum = (amountMinor: number, more: Partial<MinimumSpend> = {}): MinimumSpend => ({
  minimumId: 'least',
  name: 'Minimum',
  amountMinor,
  of: 'all',
  taxCode: 'telecom',
  revenueCategory: 'fee',
  ...more,
});

it('C040 the recurring fee and the usage count towards the commitment', () => {
  const offerings = [
    sampleOffering('plan', [sampleCharge('fee', 10_000)], { commitment: { minimums: [minimum(1_000_000)] } }),
  ];
  const totals = [sampleUsage('1', 'plan', 10_000_000, { taxCode: 'telecom' })];
  const bill = buildInvoice(sampleInput({ offerings, totals }));
  expect(bill?.lines.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`)).toEqual([
    'recurring 10000',
    'usage 1000',
    'minimum 989000',
  ]);
});

it('C043 one true-up for the charge, not one for each of its prices; the day of the end counts: 25 of 28 days', () => {
  const last = { lastDay: true };
  const fee = sampleCharge('fee', 5000, { timing: 'inAdvance', proration: { refundUnused: true, ...last } });
  const least = minimum(10_000, { of: 'usage', priceIds: ['europe', 'usa'], proration: last });
  const offerings = [
    sampleOffering('plan', [fee], {
      commitment: { minimums: [least] },
      usagePrices: [],
      validFrom: '2023-01-01T00:00:00.000Z',
    }),
  ];
  const account = sampleAccount(
    sampleSubscription('1', 'plan', {
      activeFrom: '2023-01-08T00:00:00.000Z',
      activeTo: '2023-02-25T15:00:00.000Z',
    }),
  );
  const used = (priceId: string, micro: number) =>
    sampleUsage('1', 'plan', micro, { taxCode: 'telecom', priceId, zone: priceId });
  const totals = [used('europe', 20_000_000), used('usa', 50_000_000)];
  const lastBilled = {
    periodTo: '2023-02-01',
    chargedThrough: { '1/plan/fee': '2023-03-01' },
    billed: { '1/plan/fee': { from: '2023-02-01', to: '2023-03-01', listMinor: 5000, discountMinor: 0 } },
  };
  const cutOffOn = '2023-03-01';
  const bill = buildInvoice(
    sampleInput({ startsOn: '2023-01-01', cutOffOn, account, offerings, totals, lastBilled }),
  );
  expect(bill?.lines.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`)).toEqual([
    'recurring -536', // 3 of 28 days; 6.43 with the case's tax of 20 %
    'usage 2000',
    'usage 5000',
    'minimum 1929', // 89.29 less 70.00
  ]);
});
