import { instantAtMillis } from './instant';
import { addDays, addMonths } from './local-date';
import { period, type Period } from './period';
import { prorationRatio, unitsBetween } from './proration';

const march = period('2022-03-01', '2022-04-01');
const week = period('2022-06-20', '2022-06-27');
const year = period('2022-01-01', '2023-01-01');

/** P..: the published case that the row comes from. */
describe('by real days', () => {
  it.each<[string, Period, Period, string]>([
    ['P001 start on the 15th', period('2022-03-15', '2022-04-01'), march, '17/31'],
    ['P001 and 3 days of trial', period('2022-03-18', '2022-04-01'), march, '14/31'],
    ['P001 trial of 3 days', period('2022-03-04', '2022-04-01'), march, '28/31'],
    ['P001 week from Wednesday', period('2022-06-22', '2022-06-27'), week, '5/7'],
    ['P001 year from 15 March', period('2022-03-15', '2023-01-01'), year, '292/365'],
    ['P009 leap year', period('2023-11-19', '2024-07-19'), period('2023-07-19', '2024-07-19'), '243/366'],
    ['P014 unused days', period('2025-02-22', '2025-03-01'), period('2025-02-01', '2025-03-01'), '7/28'],
    [
      'P021 up to billing day 27',
      period('2011-02-14', '2011-02-27'),
      period('2011-01-27', '2011-02-27'),
      '13/31',
    ],
    ['P025 three days more', period('2011-03-07', '2011-03-10'), period('2011-03-07', '2011-04-07'), '3/31'],
    ['P027 two days more', period('2011-03-15', '2011-03-17'), period('2011-03-15', '2011-04-15'), '2/31'],
    ['P029 annual lead', period('2011-01-31', '2012-01-15'), period('2011-01-15', '2012-01-15'), '349/365'],
    ['P035 to the 15th', period('2011-09-01', '2011-09-15'), period('2011-08-15', '2011-09-15'), '14/31'],
    ['all of it', march, march, '31/31'],
  ])('%s', (_, part, whole, expected) => {
    const { numerator, denominator } = prorationRatio(part, whole);
    expect(`${numerator}/${denominator}`).toBe(expected);
  });
});

describe('by months of 30 days', () => {
  it.each([
    ['P033', '2023-05-23', '2023-06-15', '2023-05-15', '22/30'],
    ['P033', '2023-06-23', '2023-07-15', '2023-06-15', '22/30'],
    ['P033', '2023-02-23', '2023-03-15', '2023-02-15', '22/30'],
    ['P033 leap', '2024-02-23', '2024-03-15', '2024-02-15', '22/30'],
    ['P033', '2023-05-15', '2023-05-23', '2023-05-15', '8/30'],
    ['the 31st', '2023-03-31', '2023-04-01', '2023-03-01', '1/30'],
  ])('%s: %s to %s', (_, from, to, wholeFrom, expected) => {
    const whole = period(wholeFrom, addMonths(wholeFrom, 1));
    const { numerator, denominator } = prorationRatio(period(from, to), whole, 'thirtyDayMonth');
    expect(`${numerator}/${denominator}`).toBe(expected);
  });
});

it.each(['actualDays', 'thirtyDayMonth'] as const)('parts of a period sum to the whole: %s', (dayCount) => {
  const days = Array.from({ length: 30 }, (_, day) => addDays(march.from, day + 1));
  const sums = days.map((split) =>
    [period(march.from, split), period(split, march.to)]
      .map((part) => prorationRatio(part, march, dayCount))
      .reduce((sum, ratio) => sum + ratio.numerator, 0),
  );
  expect(new Set(sums)).toEqual(new Set([dayCount === 'actualDays' ? 31 : 30]));
});

it('P039 to the second', () => {
  const from = instantAtMillis(1488568488_000);
  const to = instantAtMillis(1489449600_000);
  expect(unitsBetween('second', from, to)).toBe(881_112);
  expect(unitsBetween('second', instantAtMillis(1487030400_000), to)).toBe(28 * 86_400);
});

it('a day on which clocks go forward has 23 hours, and is a day', () => {
  const [from, to, zone] = ['2026-03-29', '2026-03-30', 'Europe/Berlin'];
  expect(unitsBetween('second', from, to, zone)).toBe(23 * 3_600);
  expect(unitsBetween('actualDays', from, to, zone)).toBe(1);
});

it('refuses a part that sticks out', () => {
  expect(() => prorationRatio(period('2022-02-28', '2022-03-02'), march)).toThrow(
    '2022-02-28 to 2022-03-02 is not a part of 2022-03-01 to 2022-04-01',
  );
});
