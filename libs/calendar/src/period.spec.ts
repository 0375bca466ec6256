import { contains, daysIn, intersect, period } from './period';

const march = period('2026-03-01', '2026-04-01');

it.each([
  ['2026-02-28', false],
  ['2026-03-01', true],
  ['2026-03-31', true],
  ['2026-04-01', false],
])('March contains %s: %s', (date, expected) => {
  expect(contains(march, date)).toBe(expected);
});

it.each([
  ['2026-03-01', '2026-04-01', 31],
  ['2024-02-01', '2024-03-01', 29],
  ['2026-01-01', '2026-01-02', 1],
])('%s to %s has %i days', (from, to, days) => {
  expect(daysIn(period(from, to))).toBe(days);
});

it.each([
  ['inside', period('2026-03-10', '2026-03-20'), period('2026-03-10', '2026-03-20')],
  ['around', period('2026-01-01', '2027-01-01'), march],
  ['early', period('2026-02-01', '2026-03-02'), period('2026-03-01', '2026-03-02')],
  ['late', period('2026-03-31', '2026-05-01'), period('2026-03-31', '2026-04-01')],
  ['just before', period('2026-02-01', '2026-03-01'), undefined],
  ['just after', period('2026-04-01', '2026-05-01'), undefined],
])('March and a period %s', (_, other, expected) => {
  expect(intersect(march, other)).toEqual(expected);
  expect(intersect(other, march)).toEqual(expected);
});

it.each([
  ['2026-03-01', '2026-03-01'],
  ['2026-03-02', '2026-03-01'],
  ['2026-02-30', '2026-03-01'],
])('refuses %s to %s', (from, to) => {
  expect(() => period(from, to)).toThrow(RangeError);
});
