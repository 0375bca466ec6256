import { describe, expect, it } from '@jest/globals';
import { demandedMinor, goodPaymentAt, missingMinor } from './deposit-demand';

const terms = {
  creditClass: 'new',
  creditLimitMinor: null,
  depositMinor: 5_000,
  usageCapMinor: null,
  dunningPolicyId: null,
};
const plain = { waivedIn: null, provenIn: null };

describe('what a class demands', () => {
  it.each([
    ['one for the account', terms, 3, plain, 5_000],
    ['one a subscription', { ...terms, depositPer: 'subscription' as const }, 3, plain, 15_000],
    ['without a service', terms, 0, plain, 0],
    ['without a class', null, 2, plain, 0],
    ['waived', terms, 1, { ...plain, waivedIn: 'new' }, 0],
    ['waived in another class', terms, 1, { ...plain, waivedIn: 'old' }, 5_000],
    ['given back after good payment', terms, 1, { ...plain, provenIn: 'new' }, 0],
  ])('%s', (_what, of, services, standing, expected) => {
    expect(demandedMinor(of, services, standing)).toBe(expected);
  });

  it.each([
    [5_000, 0, 0, 5_000],
    [5_000, 2_000, 0, 3_000],
    [15_000, 5_000, 5_000, 5_000],
    [5_000, 5_000, 5_000, 0],
    [0, 5_000, 0, 0],
  ])('of %i with %i held and %i on its way %i is missing', (demanded, heldMinor, claimedMinor, expected) => {
    expect(missingMinor(demanded, { heldMinor, claimedMinor })).toBe(expected);
  });
});

/** Midnight in New York is 05:00 UTC in winter, 04:00 in summer; Aug 31 and six months is the last of February. */
describe('good months', () => {
  it.each([
    [6, '2026-01-15T12:00:00.000Z', null, '2026-07-15T04:00:00.000Z'],
    [6, '2026-08-31T12:00:00.000Z', null, '2027-02-28T05:00:00.000Z'],
    [6, '2026-01-15T12:00:00.000Z', '2026-03-20T12:00:00.000Z', '2026-09-20T04:00:00.000Z'],
    [6, '2026-04-15T12:00:00.000Z', '2026-03-20T12:00:00.000Z', '2026-10-15T04:00:00.000Z'],
  ])('%i from %s, late %s: %s', (months, heldSince, lateAt, expected) => {
    expect(goodPaymentAt({ months, heldSince, lateAt, zone: 'America/New_York' })).toBe(expected);
  });
});
