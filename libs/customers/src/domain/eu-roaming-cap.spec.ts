import { expect, it } from '@jest/globals';
import { roamingCapMinor } from './eu-roaming-cap';

/** Regulation (EU) 2022/612, Article 14. */
it.each([
  ['DE', 'EUR', null, null, 5_000],
  ['NO', 'EUR', null, null, 5_000],
  ['US', 'USD', null, null, null],
  ['GB', 'GBP', null, null, null],
  ['SE', 'SEK', null, null, null],
  ['SE', 'SEK', 57_000, null, 57_000],
  ['US', 'USD', 10_000, null, 10_000],
  ['DE', 'EUR', null, { capMinor: 20_000 }, 20_000],
  ['DE', 'EUR', null, { capMinor: null }, null],
  ['DE', 'EUR', 6_000, { capMinor: null }, null],
])('%s in %s, operator %p, customer %j: %p', (country, currency, operatorCapMinor, choice, expected) => {
  expect(roamingCapMinor({ country, currency, operatorCapMinor, choice })).toBe(expected);
});
