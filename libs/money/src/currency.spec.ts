import { currencies, isCurrency, minorDigits } from './currency';

describe('minorDigits', () => {
  it.each([
    ['JPY', 0],
    ['CLP', 0],
    ['USD', 2],
    ['EUR', 2],
    ['XCG', 2],
    ['LAK', 2],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('%s has %i', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });

  it.each(['', 'usd', 'US', 'EURO', 'XAU', 'constructor'])('refuses %j by name', (code) => {
    expect(() => minorDigits(code)).toThrow(new RegExp(`Unknown currency "${code}"`));
  });

  it.each(['BGN', 'HRK', 'ANG', 'SLL', 'ZWL', 'CUC'])('knows that %s is retired', (code) => {
    expect(isCurrency(code)).toBe(false);
  });

  it('lists each code once, three capital letters', () => {
    expect(new Set(currencies).size).toBe(currencies.length);
    expect(currencies.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([]);
  });
});
