import { isRate, parseRate, percentageOf, rateTimes } from './rate';

describe('parseRate', () => {
  it.each([
    ['0', 0n],
    ['1', 1_000_000_000_000n],
    ['0.10', 100_000_000_000n],
    ['0.000000000001', 1n],
    ['-2.5', -2_500_000_000_000n],
  ])('%s', (text, scaled) => {
    expect(parseRate(text)).toBe(scaled);
    expect(isRate(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    '1e3',
    'NaN',
    'Infinity',
    '1.',
    '.5',
    '+1',
    '1,5',
    '01',
    '0.0000000000001',
    '1 ',
    '0x1',
    '1\n',
  ])('refuses %j', (text) => {
    expect(() => parseRate(text)).toThrow('Not a rate');
    expect(isRate(text)).toBe(false);
  });
});

describe('rateTimes', () => {
  it.each([
    // rate, quantity, per, micro
    ['0.10', 44, 1_000_000, 4], // 44 bytes at 0.10 a MB: 4.4 micro
    ['0.10', 1_000_000, 1_000_000, 100_000],
    ['0.10', 10n ** 15n, 1_000_000, 100_000_000_000_000],
    ['0.05', 61, 60, 50_833], // 61 s at 0.05 a minute
    ['0.000000000001', 500_000, 1, 1], // half a micro goes up
    ['0.02', -3, 1, -60_000],
    ['0', 99, 1, 0],
  ])('%s x %s / %s = %s micro', (rate, quantity, per, micro) => {
    expect(rateTimes(rate, quantity, per, 'halfUp')).toBe(micro);
  });

  it('prices a summed quantity exactly where single records would lose', () => {
    expect(rateTimes('0.10', 44 * 1000, 1_000_000, 'halfUp')).toBe(4_400);
    expect(rateTimes('0.10', 44, 1_000_000, 'halfUp') * 1000).toBe(4_000);
  });

  it.each([
    ['1', 0.5, 1],
    ['1', 1, 0],
    ['1', 1, -60],
    ['999999999999999', 1_000_000, 1],
  ])('refuses %s x %d / %d', (rate, quantity, per) => {
    expect(() => rateTimes(rate, quantity, per, 'halfUp')).toThrow(RangeError);
  });
});

describe('percentageOf', () => {
  it.each([
    [1299, '8.875', 115], // 115.286
    [1000, '19', 190],
    [250, '19', 48], // 47.5
    [-250, '19', -48],
    [100, '0', 0],
    [10_000, '0.0001', 0],
    [1, '50', 1],
  ])('%i at %s %% = %i', (minor, percent, tax) => {
    expect(percentageOf(minor, percent, 'halfUp')).toBe(tax);
  });
});
