import fc from 'fast-check';
import { allocate } from './allocate';

describe('allocate', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [3, 7], [2, 3]], // 1.5 and 3.5: equal remainders, the first wins
    [10, [1, 2, 4], [1, 3, 6]], // 1.43, 2.86, 5.71
    [7, [0, 1, 0], [0, 7, 0]],
    [0, [1, 2], [0, 0]],
    [1, [0, 0, 5, 5], [0, 0, 1, 0]],
    [Number.MAX_SAFE_INTEGER, [1n], [Number.MAX_SAFE_INTEGER]],
  ])('%i by %j is %j', (minor, weights, shares) => {
    expect(allocate(minor, weights)).toEqual(shares);
  });

  it.each([
    ['no weights', []],
    ['only zeros', [0, 0n]],
    ['a negative weight', [2, -1]],
    ['a broken weight', [0.5]],
  ])('refuses %s', (_, weights) => {
    expect(() => allocate(1, weights)).toThrow(RangeError);
  });

  const weights = fc
    .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
    .filter((list) => list.some((weight) => weight > 0));

  it('sums exactly, never gives to a zero weight, and is within one unit of fair', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (minor, list) => {
        const shares = allocate(minor, list).map(BigInt);
        const total = list.reduce((sum, weight) => sum + BigInt(weight), 0n);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(BigInt(minor));
        shares.forEach((share, index) => {
          const weight = BigInt(list[index] ?? 0);
          const off = share * total - BigInt(minor) * weight;
          expect(weight === 0n ? share === 0n : off > -total && off < total).toBe(true);
        });
      }),
    );
  });
});
