import { expect, it } from '@jest/globals';
import { addDays } from '@tollkeeper/calendar';
import { recognizedThrough, type Schedule, sumOf } from './recognition';

const year: Schedule = {
  from: '2026-01-01',
  to: '2027-01-01',
  totalMinor: 36500,
  taxes: [],
  bookedOn: '2026-01-01',
  changes: [],
};
/** The plan was changed on 1 April; the bill of 1 April gives the rest back. */
const rest: Schedule = { ...year, from: '2026-04-01', totalMinor: -27500, bookedOn: '2026-04-01' };

it.each([
  ['2026-03-31', 9000],
  ['2026-04-01', 9000],
  ['2026-08-15', 9000],
  ['2026-12-31', 9000],
])('with what is given back, %s has earned the days of the plan and no more: %i', (day, expected) => {
  expect(sumOf(recognizedThrough(year, day)) + sumOf(recognizedThrough(rest, day))).toBe(expected);
});

it('ended early, both are earned with the end', () => {
  const ends = { on: '2026-06-01', endsOn: '2026-06-01', reversedMinor: 0 };
  const both = [year, rest].map((each) => ({ ...each, changes: [ends] }));
  expect(both.map((each) => sumOf(recognizedThrough(each, addDays('2026-06-01', 0))))).toEqual([
    36500, -27500,
  ]);
});
