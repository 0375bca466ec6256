import { describe, expect, it } from '@jest/globals';
import { addDays, daysBetween } from '@tollkeeper/calendar';
import fc from 'fast-check';
import {
  dayNumber,
  lastDayOf,
  recognitionCurve,
  recognizedThrough,
  type Schedule,
  sumOf,
} from './recognition';

const february = { from: '2026-02-01', to: '2026-03-01' };
const schedule = (totalMinor: number, more: Partial<Schedule> = {}): Schedule => ({
  ...february,
  totalMinor,
  taxes: [],
  bookedOn: '2026-02-01',
  changes: [],
  ...more,
});

/** What each day has, first to last. */
function days(of: Schedule, from = of.from, count = daysBetween(of.from, of.to)): number[] {
  const curve = recognitionCurve(of);
  const first = dayNumber(from);
  return Array.from(
    { length: count },
    (_, index) => sumOf(curve(first + index)) - sumOf(curve(first + index - 1)),
  );
}

describe('recognition by day', () => {
  it.each<[string, Schedule, string, number]>([
    ['before the first day', schedule(2500), '2026-01-31', 0],
    ['25.00 over February: one day is 89.28 cents', schedule(2500), '2026-02-01', 89],
    ['two days are 178.57', schedule(2500), '2026-02-02', 178],
    ['three days are 267.85', schedule(2500), '2026-02-03', 267],
    ['half of it', schedule(2500), '2026-02-14', 1250],
    ['all but the last day', schedule(2500), '2026-02-27', 2410],
    ['the last day', schedule(2500), '2026-02-28', 2500],
    ['long after', schedule(2500), '2027-01-01', 2500],
    ['one cent comes on the last day', schedule(1), '2026-02-27', 0],
    ['one cent, last day', schedule(1), '2026-02-28', 1],
    ['a credit mirrors a charge', schedule(-2500), '2026-02-02', -178],
    [
      'tax at use goes with it',
      schedule(2975, { taxes: [{ jurisdiction: 'DE', amountMinor: 475 }] }),
      '2026-02-14',
      1487,
    ],
    [
      'a bill that came on the 4th: nothing before',
      schedule(2500, { bookedOn: '2026-02-04' }),
      '2026-02-03',
      0,
    ],
    ['and four days on the 4th', schedule(2500, { bookedOn: '2026-02-04' }), '2026-02-04', 357],
    ['a bill that came when all was over', schedule(2500, { bookedOn: '2026-03-09' }), '2026-03-09', 2500],
    ['a period of no length is earned at once', schedule(2500, { to: '2026-02-01' }), '2026-02-01', 2500],
  ])('%s', (_, of, day, minor) => {
    expect(sumOf(recognizedThrough(of, day))).toBe(minor);
  });

  it.each<[string, Schedule['changes'], string, number]>([
    [
      'ended, and the rest given back: 14 of 28 days stay',
      [{ on: '2026-02-15', endsOn: '2026-02-15', reversedMinor: 1250 }],
      '2026-02-20',
      1250,
    ],
    [
      'ended, nothing given back: the rest is earned at the end',
      [{ on: '2026-02-15', endsOn: '2026-02-15', reversedMinor: 0 }],
      '2026-02-15',
      2500,
    ],
    [
      'the day before its end is a day like any other',
      [{ on: '2026-02-15', endsOn: '2026-02-15', reversedMinor: 0 }],
      '2026-02-13',
      1160,
    ],
    [
      'half of the rest given back',
      [{ on: '2026-02-15', endsOn: '2026-02-15', reversedMinor: 625 }],
      '2026-02-15',
      1875,
    ],
    [
      'told of five days later: the days up to then were recognised',
      [{ on: '2026-02-20', endsOn: '2026-02-15', reversedMinor: 1250 }],
      '2026-02-19',
      1696,
    ],
    [
      'and are taken back on that day',
      [{ on: '2026-02-20', endsOn: '2026-02-15', reversedMinor: 1250 }],
      '2026-02-20',
      1250,
    ],
    [
      'credited as a whole',
      [{ on: '2026-02-20', endsOn: '2026-02-01', reversedMinor: 2500 }],
      '2026-02-20',
      0,
    ],
  ])('%s', (_, changes, day, minor) => {
    expect(sumOf(recognizedThrough(schedule(2500, { changes }), day))).toBe(minor);
  });

  it('ends with the last day of service, of booking or of a change', () => {
    expect(lastDayOf(schedule(1))).toBe('2026-02-28');
    expect(lastDayOf(schedule(1, { bookedOn: '2026-03-04' }))).toBe('2026-03-04');
    expect(
      lastDayOf(schedule(1, { changes: [{ on: '2026-02-16', endsOn: '2026-02-15', reversedMinor: 0 }] })),
    ).toBe('2026-02-16');
  });

  it('sums to the total over any period, day by day within one minor unit', () => {
    const total = fc.integer({ min: -10_000_000, max: 10_000_000 });
    const length = fc.integer({ min: 1, max: 400 });
    const taxPercent = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(total, length, taxPercent, (totalMinor, count, percent) => {
        const taxes = [{ jurisdiction: 'DE', amountMinor: Math.trunc((totalMinor * percent) / 100) }];
        const of = schedule(totalMinor, { to: addDays(february.from, count), taxes });
        const each = days(of);
        expect(sumOf(each)).toBe(totalMinor);
        // Revenue and tax are each within one unit, so a day is within two of any other.
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(percent === 0 ? 1 : 2);
      }),
    );
  });

  it('comes to total less what was given back, whenever it came in and whenever it ended', () => {
    const day = fc.integer({ min: -5, max: 45 });
    fc.assert(
      fc.property(fc.nat(100_000), day, day, day, fc.nat(100), (totalMinor, booked, on, ends, percent) => {
        const bookedOn = addDays(february.from, booked);
        const changed = addDays(february.from, Math.max(on, booked));
        const reversedMinor = Math.trunc((totalMinor * percent) / 100);
        const changes = [{ on: changed, endsOn: addDays(february.from, Math.min(ends, 28)), reversedMinor }];
        const of = schedule(totalMinor, { bookedOn, changes });
        expect(sumOf(days(of, '2026-01-01', 120))).toBe(totalMinor - reversedMinor);
        expect(sumOf(recognizedThrough(of, lastDayOf(of)))).toBe(totalMinor - reversedMinor);
      }),
    );
  });
});
