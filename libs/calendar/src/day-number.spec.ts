import { DateTime } from 'luxon';
import { civilDayOf, dayNumberOf, daysInMonth } from './day-number';

it.each([
  [1970, 1, 1, 0],
  [1969, 12, 31, -1],
  [2000, 2, 29, 11_016],
  [2000, 3, 1, 11_017],
])('%i-%i-%i is day %i', (year, month, day, expected) => {
  expect(dayNumberOf({ year, month, day })).toBe(expected);
  expect(civilDayOf(expected)).toEqual({ year, month, day });
});

it.each([
  [2024, 2, 29],
  [2026, 2, 28],
  [1900, 2, 28],
  [2000, 2, 29],
  [2026, 4, 30],
  [2026, 12, 31],
  [2026, 13, 0],
])('%i-%i has %i days', (year, month, days) => {
  expect(daysInMonth(year, month)).toBe(days);
});

it('agrees with luxon on every day of four centuries, and back', () => {
  const first = dayNumberOf({ year: 1800, month: 1, day: 1 });
  const differing = Array.from({ length: 146_097 }, (_, index) => first + index).filter((number) => {
    const { year, month, day } = civilDayOf(number);
    const theirs = DateTime.fromMillis(number * 86_400_000, { zone: 'utc' });
    const same = theirs.year === year && theirs.month === month && theirs.day === day;
    return !same || dayNumberOf({ year, month, day }) !== number;
  });
  expect(differing).toEqual([]);
});
