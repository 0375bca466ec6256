import { describe, expect, it } from '@jest/globals';
import { addDuration } from '@tollkeeper/calendar';
import type { RoundingMode } from '@tollkeeper/money';
import fc from 'fast-check';
import { unusedMinor } from './unused-part';

const from = '2026-01-01T05:00:00.000Z';
const to = '2026-01-31T05:00:00.000Z';

describe('the unused part of a paid period', () => {
  it.each<[string, string, RoundingMode, number]>([
    ['never begun', from, 'down', 1500],
    ['half of it', '2026-01-16T05:00:00.000Z', 'down', 750],
    ['a day that has begun is used', '2026-01-16T05:01:00.000Z', 'down', 700],
    ['a day that began two seconds ago is used', '2026-01-16T05:00:02.000Z', 'down', 700],
    ['a third, rounded down', '2026-01-24T05:00:00.000Z', 'down', 350],
    ['one day', '2026-01-30T05:00:00.000Z', 'down', 50],
    ['its last hours', '2026-01-30T06:00:00.000Z', 'down', 0],
    ['after its end', '2026-02-03T05:00:00.000Z', 'down', 0],
  ])('%s', (_, unusedFrom, rounding, minor) =>
    expect(unusedMinor({ amountMinor: 1500, from, to, unusedFrom, rounding })).toBe(minor),
  );

  it.each<[RoundingMode, number]>([
    ['down', 33],
    ['halfUp', 33],
    ['up', 34],
  ])('10 of 30 days of 1.00, rounded %s', (rounding, minor) =>
    expect(
      unusedMinor({ amountMinor: 100, from, to, unusedFrom: '2026-01-21T05:00:00.000Z', rounding }),
    ).toBe(minor),
  );

  it('is never below zero, never above what was paid, and never grows with time', () => {
    const modes = fc.constantFrom<RoundingMode>('down', 'halfUp', 'halfEven', 'up');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 700_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        modes,
        (amountMinor, days, usedMinutes, later, rounding) => {
          const ends = addDuration(from, { days });
          const at = (minutes: number) =>
            unusedMinor({
              amountMinor,
              from,
              to: ends,
              unusedFrom: addDuration(from, { minutes }),
              rounding,
            });
          expect(at(usedMinutes)).toBeGreaterThanOrEqual(0);
          expect(at(usedMinutes)).toBeLessThanOrEqual(amountMinor);
          expect(at(usedMinutes + later)).toBeLessThanOrEqual(at(usedMinutes));
        },
      ),
    );
  });
});
