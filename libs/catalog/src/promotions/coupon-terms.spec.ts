import { describe, expect, it } from '@jest/globals';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { couponOf, refusalAt } from './coupon-terms';

const february = { code: 'FEB', validFrom: '2026-02-01T00:00:00.000Z', validTo: '2026-03-01T00:00:00.000Z' };

describe('when a coupon can be redeemed', () => {
  it.each([
    ['2026-01-31T23:59:59.999Z', february, 'couponNotYetValid'],
    ['2026-02-01T00:00:00.000Z', february, null],
    ['2026-02-28T23:59:59.999Z', february, null],
    ['2026-03-01T00:00:00.000Z', february, 'couponExpired'],
    ['2036-01-01T00:00:00.000Z', { code: 'ALWAYS' }, null],
  ])('at %s by %j: %s', (at, terms, code) => expect(refusalAt(terms, at)?.code ?? null).toBe(code));
});

it('a code of an offering gives the discount that names it, in capitals or not', () => {
  const half = {
    discountId: 'half',
    name: 'Half',
    value: { off: 'percentage', percent: '50' },
    level: 'plan',
  };
  const offering = {
    offeringId: 'talk',
    discounts: [
      { ...half, discountId: 'all' },
      { ...half, coupons: [{ code: 'Hello' }, february] },
    ],
  } as unknown as OfferingVersion;
  expect(couponOf(offering, 'hELLO')).toEqual({
    terms: { code: 'Hello' },
    discount: half,
    offeringIds: ['talk'],
  });
  expect(couponOf(offering, 'FEB')?.terms).toEqual(february);
  expect(couponOf(offering, 'BYE')).toBeNull();
});
