import { expect, it } from '@jest/globals';
import { exposureOf, isOverLimit } from './exposure';

const terms = {
  creditClass: 'new',
  creditLimitMinor: 10_000,
  depositMinor: 0,
  usageCapMinor: null,
  dunningPolicyId: null,
};
const period = { periodKey: '2026-01-01', fromAt: '', toAt: '', revision: 1, roamingDataMicro: 0 };

/** The limit is 100.00. */
it.each([
  ['usage alone', 60_000_000, 0, 0, 60_000_000, false],
  ['usage and debt', 60_000_000, 4_000, 0, 100_000_000, false],
  ['one millionth more', 60_000_001, 4_000, 0, 100_000_001, true],
  ['less account credit', 60_000_001, 4_000, 1_000, 90_000_001, false],
])('%s', (_what, ratedMicro, openDebtMinor, creditMinor, expected, over) => {
  const usage = [
    { ...period, ratedMicro, billed: false },
    { ...period, periodKey: '2025-12-01', ratedMicro: 500_000_000, billed: true },
  ];
  const exposure = exposureOf({ usage, openDebtMinor, creditMinor, currency: 'EUR' });
  expect(exposure).toBe(expected);
  expect(isOverLimit(terms, exposure, 'EUR')).toBe(over);
  expect(isOverLimit({ ...terms, creditLimitMinor: null }, exposure, 'EUR')).toBe(false);
});
