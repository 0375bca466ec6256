import { positiveMoneyField } from './shapes';

describe('money that people enter', () => {
  it.each([
    ['a cent', 1, true],
    ['a large bill', 100_000_000_000_000, true],
    ['a typing error that sums could not hold', 100_000_000_000_001, false],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER, false],
    ['nothing', 0, false],
    ['less than nothing', -1, false],
    ['half a cent', 0.5, false],
  ])('%s: %d minor units', (_what, minor, taken) => {
    expect(positiveMoneyField.safeParse({ minor, currency: 'EUR' }).success).toBe(taken);
  });
});
