import { decimalOf, formatMoney } from './format-money';
import { add, compare, isZero, money, negate, subtract, sum } from './money';

const usd = (minor: number) => money(minor, 'USD');
const plainSpaces = (text: string) => text.replace(/\s/g, ' ');

describe('money', () => {
  it.each([
    ['add', add(usd(1299), usd(1)), usd(1300)],
    ['subtract', subtract(usd(100), usd(130)), usd(-30)],
    ['negate', negate(usd(5)), usd(-5)],
    ['negate zero', negate(usd(0)), usd(0)],
    ['sum', sum([usd(1), usd(2), usd(-4)], 'USD'), usd(-1)],
    ['sum of nothing', sum([], 'JPY'), money(0, 'JPY')],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  it.each([
    [1, 2, -1],
    [2, 2, 0],
    [3, 2, 1],
  ])('compares %i with %i: %i', (left, right, expected) => {
    expect(compare(usd(left), usd(right))).toBe(expected);
  });

  it('knows zero', () => {
    expect([usd(0), usd(1)].map(isZero)).toEqual([true, false]);
  });

  it.each([
    ['add', () => add(usd(1), money(1, 'EUR'))],
    ['subtract', () => subtract(usd(1), money(1, 'EUR'))],
    ['compare', () => compare(usd(1), money(1, 'EUR'))],
    ['sum', () => sum([money(1, 'EUR')], 'USD')],
  ])('%s of two currencies names both', (_, mix) => {
    expect(mix).toThrow('Currency mismatch: USD and EUR');
  });

  it.each([0.5, NaN, Infinity, 2 ** 53, -(2 ** 53)])('refuses %d', (minor) => {
    expect(() => usd(minor)).toThrow(RangeError);
  });

  it('refuses a sum beyond 2^53', () => {
    expect(() => add(usd(Number.MAX_SAFE_INTEGER), usd(1))).toThrow(RangeError);
  });
});

describe('decimalOf and formatMoney', () => {
  it.each([
    [1299, 'USD', '12.99', '$12.99'],
    [-5, 'USD', '-0.05', '-$0.05'],
    [0, 'EUR', '0.00', '€0.00'],
    [1234, 'JPY', '1234', '¥1,234'],
    [1234, 'KWD', '1.234', 'KWD 1.234'],
    [100, 'LAK', '1.00', '₭1.00'],
    [12345, 'CLF', '1.2345', 'CLF 1.2345'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91', '$90,071,992,547,409.91'],
  ])('%i %s', (minor, currency, decimal, formatted) => {
    expect(decimalOf(money(minor, currency))).toBe(decimal);
    // ICU may write LAK or its sign; the digits are ours
    expect(plainSpaces(formatMoney(money(minor, currency))).replace('LAK ', '₭')).toBe(formatted);
  });

  it('groups as the locale does', () => {
    expect(plainSpaces(formatMoney(money(123456789, 'EUR'), 'de'))).toBe('1.234.567,89 €');
  });
});
