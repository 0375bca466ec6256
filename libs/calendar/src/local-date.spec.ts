import {
  addDays,
  addMonths,
  compareDates,
  dayOfWeek,
  daysBetween,
  isLocalDate,
  localDate,
} from './local-date';

describe('localDate', () => {
  it.each(['2026-02-28', '2024-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(localDate(text)).toBe(text);
    expect(isLocalDate(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '0000-01-01',
    '2026-2-1',
    '26-02-01',
    '2026-02-01T00:00:00Z',
    ' 2026-02-01',
    '20260201',
    '',
  ])('refuses %j', (text) => {
    expect(() => localDate(text)).toThrow(`Not a calendar date: "${text}"`);
    expect(isLocalDate(text)).toBe(false);
  });
});

describe('date arithmetic', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-07', 2, '2026-03-09'], // a short day in New York is still one day
  ])('%s + %i days = %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
    expect(daysBetween(date, expected)).toBe(days);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-15', 3, '2027-02-15'],
  ])('%s + %i months = %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it.each([
    ['2026-01-01', '2026-01-02', -1],
    ['2026-01-02', '2026-01-02', 0],
    ['2027-01-01', '2026-12-31', 1],
  ])('%s against %s is %i', (left, right, expected) => {
    expect(compareDates(left, right)).toBe(expected);
  });

  it.each([
    ['2026-03-02', 1],
    ['2026-03-08', 7],
  ])('%s is weekday %i', (date, weekday) => {
    expect(dayOfWeek(date)).toBe(weekday);
  });

  it.each([
    ['half a day', () => addDays('2026-01-01', 0.5)],
    ['NaN months', () => addMonths('2026-01-01', NaN)],
    ['beyond year 9999', () => addDays('9999-12-31', 1)],
    ['before year 1', () => addDays('0001-01-01', -1)],
    ['a false date', () => addDays('2026-02-30', 1)],
  ])('refuses %s', (_, attempt) => {
    expect(attempt).toThrow(RangeError);
  });
});
