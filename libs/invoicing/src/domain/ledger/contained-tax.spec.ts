import { describe, expect, it } from '@jest/globals';
import { percentRate } from '@tollkeeper/tax';
import fc from 'fast-check';
import { type ContainedRate, containedTax } from './contained-tax';
import { sumOfTax, taxOfStep } from './proportional-tax';

const rate = (
  jurisdiction: string,
  percent: string,
  rounding: 'halfUp' | 'down' | 'up' = 'halfUp',
): ContainedRate => ({
  jurisdiction,
  rate: percentRate({ percent }),
  rounding,
});

describe('tax contained in a price', () => {
  it.each<[string, number, ContainedRate[], Record<string, number>]>([
    ['19 % in 11.90', 1190, [rate('DE', '19')], { DE: 190 }],
    ['19 % in 10.00, rounded half up', 1000, [rate('DE', '19')], { DE: 160 }],
    ['19 % in 10.00, rounded down', 1000, [rate('DE', '19', 'down')], { DE: 159 }],
    ['two rates on one net price', 1100, [rate('US', '4'), rate('US-NY', '6')], { US: 40, 'US-NY': 60 }],
    ['two taxes of one place are one part', 1100, [rate('US-NY', '4'), rate('US-NY', '6')], { 'US-NY': 100 }],
    ['S01 23 % in 15.00', 1500, [rate('IE', '23')], { IE: 280 }],
    ['S02 25.5 % in 10.00', 1000, [rate('FI', '25.5')], { FI: 203 }],
    ['S03 21 % in 50.00 (Romania)', 5000, [rate('RO', '21')], { RO: 868 }],
    ['S04 8.1 % in 19.90', 1990, [rate('CH', '8.1')], { CH: 149 }],
    [
      'S05 an amount for each sale comes off first: 0.40, then 10 % in 11.00',
      1140,
      [{ ...rate('US-FL', '0'), fixedMinor: 40 }, rate('US-FL', '10')],
      { 'US-FL': 140 },
    ],
    ['S06 never more than the price', 25, [{ ...rate('US-GA', '0'), fixedMinor: 150 }], { 'US-GA': 25 }],
    ['no tax at 0 %', 1000, [rate('DE', '0')], {}],
    ['no rate', 1000, [], {}],
  ])('%s', (_, gross, rates, expected) => {
    const parts = containedTax(gross, rates);
    expect(Object.fromEntries(parts.map((each) => [each.jurisdiction, each.amountMinor]))).toEqual(expected);
  });
});

describe('tax of the parts of a sale', () => {
  it.each([
    [0, 500, 80],
    [500, 1000, 80],
    [0, 1, 0],
    [0, 333, 53],
    [333, 1000, 107],
    [1000, 500, -80],
  ])('from %i to %i of 10.00 with 1.60 in it: %i', (fromMinor, toMinor, expected) => {
    const taxes = [{ jurisdiction: 'DE', amountMinor: 160 }];
    expect(sumOfTax(taxOfStep(taxes, { fromMinor, toMinor, ofMinor: 1000 }))).toBe(expected);
  });

  it('steps carry the whole tax, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 8 }),
        (tax, cuts) => {
          const taxes = [{ jurisdiction: 'DE', amountMinor: tax }];
          const marks = [0, ...cuts.sort((left, right) => left - right), 10_000];
          const parts = marks
            .slice(1)
            .map((toMinor, index) =>
              sumOfTax(taxOfStep(taxes, { fromMinor: marks[index] ?? 0, toMinor, ofMinor: 10_000 })),
            );
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(tax);
          for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
