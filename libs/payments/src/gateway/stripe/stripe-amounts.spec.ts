import fc from 'fast-check';
import { minorOfStripe, stripeAmountOf } from './stripe-amounts';

it.each<[string, number, string, number | null]>([
  ['12.99 USD', 1_299, 'USD', 1_299],
  ['500 JPY', 500, 'JPY', 500],
  ['5 ISK are written with two decimals', 5, 'ISK', 500],
  ['5 UGX too', 5, 'UGX', 500],
  ['50.00 MGA are written without', 5_000, 'MGA', 50],
  ['50.20 MGA there are none', 5_020, 'MGA', null],
  ['5.120 KWD', 5_120, 'KWD', 5_120],
  ['5.124 KWD: the last digit has to be 0', 5_124, 'KWD', null],
])('%s', (_, minor, currency, amount) => {
  expect(stripeAmountOf(minor, currency)).toBe(amount);
  if (amount !== null) expect(minorOfStripe(amount, currency.toLowerCase())).toBe(minor);
});

it('law: what is asked for is what is read back', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.constantFrom('EUR', 'JPY', 'ISK', 'UGX', 'MGA', 'KWD', 'TND'),
      (minor, currency) => {
        const amount = stripeAmountOf(minor, currency);
        if (amount !== null) expect(minorOfStripe(amount, currency)).toBe(minor);
      },
    ),
  ));
