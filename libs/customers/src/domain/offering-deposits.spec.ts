import { describe, expect, it } from '@jest/globals';
import { type OfferingDeposit, ofServices, refundableAt, sumOf, withDeposit } from './offering-deposits';

const agreed = (change: Partial<OfferingDeposit> = {}): OfferingDeposit => ({
  subscriptionId: 'sub_1',
  offeringId: 'phone',
  amountMinor: 10_000,
  refundAfterMonths: null,
  agreedAt: '2026-01-15T12:00:00.000Z',
  ...change,
});

it('an offering sold again to the same service asks once, by its later terms', () => {
  const both = withDeposit([agreed(), agreed({ subscriptionId: 'sub_2' })], agreed({ amountMinor: 12_000 }));
  expect(sumOf(both)).toBe(22_000);
  expect(sumOf(ofServices(both, new Set(['sub_1'])))).toBe(12_000);
});

/** Midnight in Berlin is 23:00 UTC in winter, 22:00 in summer. */
describe('goes back', () => {
  it.each([
    ['only at the end', null, null, null],
    ['after six months', 6, null, '2026-07-14T22:00:00.000Z'],
    ['late in March: six months from then', 6, '2026-03-20T12:00:00.000Z', '2026-09-19T22:00:00.000Z'],
    ['late before it was agreed', 1, '2026-01-02T12:00:00.000Z', '2026-02-14T23:00:00.000Z'],
  ])('%s', (_what, refundAfterMonths, lateAt, expected) => {
    expect(refundableAt(agreed({ refundAfterMonths }), { lateAt, zone: 'Europe/Berlin' })).toBe(expected);
  });
});
