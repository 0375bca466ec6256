import fc from 'fast-check';
import { currencies, minorDigits } from './currency';
import { addMicro, micro, microToMinor, minorToMicro, sumMicro } from './micro';

describe('micro amounts', () => {
  it.each([
    ['USD', 12_990_000, 1299],
    ['USD', 5_000, 1],
    ['USD', 4_999, 0],
    ['USD', -5_000, -1],
    ['JPY', 500_000, 1],
    ['JPY', 499_999, 0],
    ['KWD', 1_234_500, 1235],
    ['KWD', 1_234_499, 1234],
    ['CLF', 150, 2],
  ])('%s: %i micro is %i minor, half up', (currency, amount, minor) => {
    expect(microToMinor(amount, currency, 'halfUp')).toBe(minor);
  });

  it('rounds the line, not the records: three calls of 0.004 are 0.01', () => {
    const calls = [4_000, 4_000, 4_000];
    expect(microToMinor(sumMicro(calls), 'USD', 'halfUp')).toBe(1);
    expect(calls.map((call) => microToMinor(call, 'USD', 'halfUp'))).toEqual([0, 0, 0]);
  });

  it.each([0.1, NaN, 2 ** 53])('refuses %d', (value) => {
    expect(() => micro(value)).toThrow(RangeError);
    expect(() => microToMinor(value, 'USD', 'halfUp')).toThrow(RangeError);
  });

  it('refuses sums and conversions beyond 2^53', () => {
    expect(() => addMicro(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
    expect(() => minorToMicro(Number.MAX_SAFE_INTEGER, 'USD')).toThrow(RangeError);
  });

  const anyCurrency = fc.constantFrom('JPY', 'USD', 'KWD', 'CLF', ...currencies);
  const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

  it('minor to micro and back is the same in every currency and mode', () => {
    fc.assert(
      fc.property(amounts, anyCurrency, (minor, currency) => {
        expect(microToMinor(minorToMicro(minor, currency), currency, 'up')).toBe(minor);
        expect(microToMinor(minorToMicro(minor, currency), currency, 'down')).toBe(minor);
      }),
    );
  });

  it('a rounded sum is at most half a minor unit from the exact one', () => {
    fc.assert(
      fc.property(fc.array(amounts), anyCurrency, (records, currency) => {
        const exact = records.reduce((total, record) => total + BigInt(record), 0n);
        const minor = microToMinor(sumMicro(records), currency, 'halfUp');
        const perMinor = 10n ** BigInt(6 - minorDigits(currency));
        const off = BigInt(minor) * perMinor - exact;
        expect((off < 0n ? -off : off) * 2n <= perMinor).toBe(true);
      }),
    );
  });
});
