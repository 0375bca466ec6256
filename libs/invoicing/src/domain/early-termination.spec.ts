import { expect, it } from '@jest/globals';
import type { Commitment, EarlyTerminationCap, EarlyTerminationFee } from '@tollkeeper/contracts';
import { buildInvoice } from './build-invoice';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
} from './sample-billing';

const commitment = (charge: EarlyTerminationFee, cap?: EarlyTerminationCap): Commitment => ({
  termMonths: 12,
  earlyTermination: {
    name: 'Early termination',
    taxCode: 'device',
    revenueCategory: 'fee',
    charge,
    ...(cap ? { cap } : {}),
  },
});
const eu = (deviceValueMinor: number): EarlyTerminationCap => ({ rule: 'eu2018-1972', deviceValueMinor });
const table: EarlyTerminationFee = {
  fee: 'table',
  rows: [
    { fromMonth: 1, amountMinor: 9000 },
    { fromMonth: 4, amountMinor: 5000 },
  ],
};

/** 10.00 a month for 12 months from 1 January 2026: what leaving costs. */
it.each<[string, Commitment, string, number]>([
  ['fixed', commitment({ fee: 'fixed', amountMinor: 15000 }), '2026-04-16', 15000],
  [
    'months that have begun count: 9 left',
    commitment({ fee: 'perRemainingMonth', amountMinor: 500 }),
    '2026-04-16',
    4500,
  ],
  [
    'on the day a month ends: 8 left',
    commitment({ fee: 'perRemainingMonth', amountMinor: 500 }),
    '2026-05-01',
    4000,
  ],
  ['by the table, 3 months completed', commitment(table), '2026-04-16', 9000],
  ['by the table, 4 months completed', commitment(table), '2026-05-01', 5000],
  ['by the table, before its first row', commitment(table), '2026-01-20', 0],
  ['after the term', commitment({ fee: 'fixed', amountMinor: 15000 }), '2027-01-01', 0],
  // 260 of 365 days of 365.00 are 260.00; 8.5 months of 10.00 are 85.00.
  [
    'EU: the remaining charges are lower',
    commitment({ fee: 'fixed', amountMinor: 15000 }, eu(36500)),
    '2026-04-16',
    8500,
  ],
  [
    'EU: the rest of the device is lower',
    commitment({ fee: 'fixed', amountMinor: 15000 }, eu(7300)),
    '2026-04-16',
    5200,
  ],
  [
    'EU: the agreed fee is lower',
    commitment({ fee: 'fixed', amountMinor: 3000 }, eu(36500)),
    '2026-04-16',
    3000,
  ],
  ['EU: no device, nothing is owed', commitment({ fee: 'fixed', amountMinor: 3000 }, eu(0)), '2026-04-16', 0],
])('%s', (_, terms, activeTo, expected) => {
  const account = sampleAccount(sampleSubscription('1', 'plan', { activeTo: `${activeTo}T00:00:00.000Z` }));
  const offerings = [sampleOffering('plan', [sampleCharge('fee', 1000)], { commitment: terms })];
  const cutOffOn =
    activeTo < '2026-02-01' ? '2026-02-01' : activeTo < '2026-12-01' ? '2026-05-01' : '2027-01-01';
  const bill = buildInvoice(sampleInput({ account, offerings, cutOffOn }));
  const fees = (bill?.lines ?? []).filter(({ termination }) => termination);
  expect(fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(expected);
  const again = buildInvoice(
    sampleInput({ account, offerings, cutOffOn, billedOnce: new Set(bill?.onceKeys ?? []) }),
  );
  expect((again?.lines ?? []).filter(({ termination }) => termination)).toEqual([]);
});

it('a change of plan is no early termination', () => {
  const plans = [
    { offeringId: 'plan', from: '2026-01-01T00:00:00.000Z', to: '2026-01-15T00:00:00.000Z' },
    { offeringId: 'other', from: '2026-01-15T00:00:00.000Z', to: null },
  ];
  const offerings = [
    sampleOffering('plan', [sampleCharge('fee', 1000)], {
      commitment: commitment({ fee: 'fixed', amountMinor: 1 }),
    }),
    sampleOffering('other', [sampleCharge('fee', 1000)]),
  ];
  const bill = buildInvoice(
    sampleInput({ account: sampleAccount(sampleSubscription('1', 'plan', { plans })), offerings }),
  );
  expect(bill?.lines.some(({ termination }) => termination)).toBe(false);
});
