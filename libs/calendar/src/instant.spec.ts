import { addDuration, compareInstants, instant, isInstant, minutesBetween } from './instant';

describe('instant', () => {
  it.each([
    ['2026-03-08T07:00:00Z', '2026-03-08T07:00:00.000Z'],
    ['2026-03-08T07:00:00.5Z', '2026-03-08T07:00:00.500Z'],
    ['2026-03-08T02:30:00+14:00', '2026-03-07T12:30:00.000Z'],
    ['2017-03-01T23:30:00-08:00', '2017-03-02T07:30:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(instant(text)).toBe(expected);
    expect(isInstant(text)).toBe(true);
  });

  it.each([
    '2026-03-08',
    '2026-03-08T07:00:00',
    '2026-03-08T07:00Z',
    '2026-02-30T00:00:00Z',
    '2026-03-08T24:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-03-08 07:00:00Z',
    '2026-03-08T07:00:00.0001Z',
    '1772953200',
    '',
  ])('refuses %j', (text) => {
    expect(() => instant(text)).toThrow(`Not an instant: "${text}"`);
    expect(isInstant(text)).toBe(false);
  });

  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z', 0],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z', -1],
    ['2026-01-01T01:00:00+01:00', '2025-12-31T23:00:00Z', 1],
  ])('%s against %s is %i', (left, right, expected) => {
    expect(compareInstants(left, right)).toBe(expected);
  });
});

describe('addDuration', () => {
  it.each([
    ['2026-03-08T06:30:00Z', { minutes: 45 }, '2026-03-08T07:15:00.000Z'],
    ['2026-03-08T06:30:00Z', { hours: -7 }, '2026-03-07T23:30:00.000Z'],
    ['2026-03-07T12:00:00Z', { days: 1 }, '2026-03-08T12:00:00.000Z'],
    ['2026-02-28T23:00:00Z', { days: 1, hours: 1, minutes: 1 }, '2026-03-02T00:01:00.000Z'],
    ['2026-02-28T23:00:00Z', {}, '2026-02-28T23:00:00.000Z'],
  ])('%s + %j = %s', (from, duration, expected) => {
    expect(addDuration(from, duration)).toBe(expected);
  });

  it('refuses broken durations', () => {
    expect(() => addDuration('2026-01-01T00:00:00Z', { hours: 0.5 })).toThrow(RangeError);
  });
});

it.each([
  ['2026-03-01T00:00:00.000Z', '2026-03-01T00:01:00.000Z', 1],
  ['2026-03-01T00:00:00.000Z', '2026-03-31T23:00:00.000Z', 30 * 1_440 + 23 * 60],
])('from %s to %s are %i minutes', (from, to, minutes) => {
  expect(minutesBetween(from, to)).toBe(minutes);
});
