import { divideRounded, fractionOf, roundingModes, type RoundingMode } from './rounding';

describe('divideRounded', () => {
  const tenths = [25n, 24n, 26n, 35n, -25n, -24n, -26n, 30n];

  it.each<[RoundingMode, number[]]>([
    //          2.5 2.4 2.6 3.5 -2.5 -2.4 -2.6 3.0
    ['halfUp', [3, 2, 3, 4, -3, -2, -3, 3]],
    ['halfEven', [2, 2, 3, 4, -2, -2, -3, 3]],
    ['halfDown', [2, 2, 3, 3, -2, -2, -3, 3]],
    ['up', [3, 3, 3, 4, -3, -3, -3, 3]],
    ['down', [2, 2, 2, 3, -2, -2, -2, 3]],
    ['ceiling', [3, 3, 3, 4, -2, -2, -2, 3]],
    ['floor', [2, 2, 2, 3, -3, -3, -3, 3]],
  ])('%s', (mode, expected) => {
    expect(tenths.map((tenth) => Number(divideRounded(tenth, 10n, mode)))).toEqual(expected);
  });

  it('takes the sign from both sides', () => {
    expect(divideRounded(5n, -2n, 'halfUp')).toBe(-3n);
    expect(divideRounded(-5n, -2n, 'halfUp')).toBe(3n);
  });

  it.each(roundingModes)('%s leaves an exact quotient alone and refuses zero', (mode) => {
    expect(divideRounded(-6n, 3n, mode)).toBe(-2n);
    expect(() => divideRounded(1n, 0n, mode)).toThrow(RangeError);
  });
});

describe('fractionOf', () => {
  it.each([
    [100, 17, 31, 55],
    [100, 14, 31, 45],
    [100, 292, 365, 80],
    [118800, 243, 366, 78875],
    [995, 10, 31, 321],
    [-1000, 20, 31, -645],
    [1000, 1, 1, 1000],
  ])('%i x %i/%i = %i', (amount, numerator, denominator, expected) => {
    expect(fractionOf(amount, { numerator, denominator }, 'halfUp')).toBe(expected);
  });
});
