import type { Allowance } from '@tollkeeper/contracts';
import { isBooster, type OfferingPrice } from './offering-price';

const price = (change: Partial<OfferingPrice>): OfferingPrice => ({
  offeringId: 'booster',
  version: 1,
  name: 'Booster',
  currency: 'EUR',
  validFrom: '2026-01-01T00:00:00.000Z',
  paidInAdvance: null,
  ...change,
});

const units = (grant?: Allowance['grant']): Allowance => ({
  ...{ allowanceId: 'gb', name: '1 GB', usageType: 'data', zones: ['home'], units: 10 ** 9, priority: 1 },
  shared: false,
  ...(grant ? { grant } : {}),
});

const monthly: NonNullable<OfferingPrice['recurringCharges']>[number] = {
  ...{ chargeId: 'fee', name: 'Fee', amountMinor: 500, timing: 'inAdvance', per: 'subscription' },
  ...{ prorate: true, taxCode: 'telecom', revenueCategory: 'recurring' },
};

it.each<[string, Partial<OfferingPrice>, boolean]>([
  ['units once, paid by the piece', { allowances: [units({ once: true, days: 30 })] }, true],
  ['units each month', { allowances: [units()] }, false],
  [
    'units once beside a fee that recurs',
    { allowances: [units({ once: true, days: null })], recurringCharges: [monthly] },
    false,
  ],
  ['no units', {}, false],
])('%s: may be bought again: %s', (_, change, expected) => {
  expect(isBooster(price(change))).toBe(expected);
});
