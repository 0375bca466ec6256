import {
  anniversaryCycle,
  type Cycle,
  type Frequency,
  nextCutOffs,
  periodContaining,
  periodEndingAt,
} from './cycle';
import { addDays, daysBetween, type LocalDate } from './local-date';

/** Facts of other systems' own tests (Lago's dates and billing, Kill Bill's billing days, Stripe's anchors). */
const utc = (frequency: Frequency, anchorDay: number, anchorMonth?: number, count?: number): Cycle => ({
  ...{ frequency, anchorDay, zone: 'UTC' },
  ...(anchorMonth === undefined ? {} : { anchorMonth }),
  ...(count === undefined ? {} : { count }),
});
const halfYearly = (anchorDay = 1, anchorMonth = 1): Cycle => utc('monthly', anchorDay, anchorMonth, 6);
const since = (start: LocalDate, frequency: Frequency, count?: number): Cycle =>
  anniversaryCycle(start, frequency, 'UTC', count);

describe('the period that is billed in arrears, and the one in advance', () => {
  it.each<[string, Cycle, LocalDate, string, string]>([
    // billed on, the period that ended then, the one that began
    ['Lago month', utc('monthly', 1), '2022-03-01', '2022-02-01..2022-03-01', '2022-03-01..2022-04-01'],
    [
      'Lago anniversary 2 February',
      since('2021-02-02', 'monthly'),
      '2022-03-02',
      '2022-02-02..2022-03-02',
      '2022-03-02..2022-04-02',
    ],
    [
      'Lago over New Year',
      since('2021-02-02', 'monthly'),
      '2022-01-02',
      '2021-12-02..2022-01-02',
      '2022-01-02..2022-02-02',
    ],
    [
      'Lago 31st on 30 April',
      since('2021-03-31', 'monthly'),
      '2021-04-30',
      '2021-03-31..2021-04-30',
      '2021-04-30..2021-05-31',
    ],
    [
      'Lago 31 January, leap',
      since('2020-01-31', 'monthly'),
      '2020-02-29',
      '2020-01-31..2020-02-29',
      '2020-02-29..2020-03-31',
    ],
    [
      'Lago 30 April, leap',
      since('2019-04-30', 'monthly'),
      '2020-03-30',
      '2020-02-29..2020-03-30',
      '2020-03-30..2020-04-30',
    ],
    ['Lago quarter', utc('quarterly', 1), '2022-07-01', '2022-04-01..2022-07-01', '2022-07-01..2022-10-01'],
    [
      'Lago quarter of 2 February',
      since('2021-02-02', 'quarterly'),
      '2022-02-02',
      '2021-11-02..2022-02-02',
      '2022-02-02..2022-05-02',
    ],
    [
      'Lago quarter of 31 January',
      since('2021-01-31', 'quarterly'),
      '2021-04-30',
      '2021-01-31..2021-04-30',
      '2021-04-30..2021-07-31',
    ],
    [
      'Lago quarter of 30 November',
      since('2021-11-30', 'quarterly'),
      '2022-02-28',
      '2021-11-30..2022-02-28',
      '2022-02-28..2022-05-30',
    ],
    ['Lago half year', halfYearly(), '2022-07-01', '2022-01-01..2022-07-01', '2022-07-01..2023-01-01'],
    [
      'Lago half year of 2 November',
      since('2021-11-02', 'monthly', 6),
      '2022-05-02',
      '2021-11-02..2022-05-02',
      '2022-05-02..2022-11-02',
    ],
    [
      'Lago half year of 30 November',
      since('2021-11-30', 'monthly', 6),
      '2022-05-30',
      '2021-11-30..2022-05-30',
      '2022-05-30..2022-11-30',
    ],
    [
      'Lago half year of 29 February',
      since('2020-02-29', 'monthly', 6),
      '2023-08-29',
      '2023-02-28..2023-08-29',
      '2023-08-29..2024-02-29',
    ],
    ['Lago year', utc('yearly', 1), '2022-01-01', '2021-01-01..2022-01-01', '2022-01-01..2023-01-01'],
    [
      'Lago year of 2 February',
      since('2021-02-02', 'yearly'),
      '2022-02-02',
      '2021-02-02..2022-02-02',
      '2022-02-02..2023-02-02',
    ],
    [
      'Lago year of 29 February',
      since('2020-02-29', 'yearly'),
      '2025-02-28',
      '2024-02-29..2025-02-28',
      '2025-02-28..2026-02-28',
    ],
    ['Lago week', utc('weekly', 1), '2023-02-06', '2023-01-30..2023-02-06', '2023-02-06..2023-02-13'],
    [
      'Lago week of a Wednesday',
      since('2023-02-01', 'weekly'),
      '2023-02-15',
      '2023-02-08..2023-02-15',
      '2023-02-15..2023-02-22',
    ],
    [
      'Kill Bill 31st in April',
      utc('monthly', 31),
      '2012-04-30',
      '2012-03-31..2012-04-30',
      '2012-04-30..2012-05-31',
    ],
    [
      'Kill Bill 30th in a leap February',
      utc('monthly', 30),
      '2012-02-29',
      '2012-01-30..2012-02-29',
      '2012-02-29..2012-03-30',
    ],
    [
      'Kill Bill 9 months',
      since('2012-05-31', 'monthly', 9),
      '2013-02-28',
      '2012-05-31..2013-02-28',
      '2013-02-28..2013-11-30',
    ],
    [
      'Kill Bill 2 years',
      since('2012-02-29', 'yearly', 2),
      '2014-02-28',
      '2012-02-29..2014-02-28',
      '2014-02-28..2016-02-29',
    ],
    [
      '2100 is no leap year',
      since('2096-02-29', 'yearly', 4),
      '2100-02-28',
      '2096-02-29..2100-02-28',
      '2100-02-28..2104-02-29',
    ],
    ['29th over 2100', utc('monthly', 29), '2100-02-28', '2100-01-29..2100-02-28', '2100-02-28..2100-03-29'],
    ['2000 is one', utc('monthly', 30), '2000-02-29', '2000-01-30..2000-02-29', '2000-02-29..2000-03-30'],
  ])('%s', (_, cycle, on, ended, begun) => {
    const text = ({ from, to }: { from: LocalDate; to: LocalDate }) => `${from}..${to}`;
    expect(text(periodEndingAt(cycle, on))).toBe(ended);
    expect(text(periodContaining(cycle, on))).toBe(begun);
    expect(text(periodContaining(cycle, addDays(on, -1)))).toBe(ended);
  });
});

describe('the period of any day between', () => {
  it.each<[string, Cycle, LocalDate, string]>([
    ['Lago 2 February on 10 March', since('2021-02-02', 'monthly'), '2022-03-10', '2022-03-02..2022-04-02'],
    ['Lago 31 March on 29 March', since('2021-03-31', 'monthly'), '2022-03-29', '2022-02-28..2022-03-31'],
    ['Lago 27 March on 28 January', since('2021-03-27', 'monthly'), '2022-01-26', '2021-12-27..2022-01-27'],
    [
      'Lago quarter of 28 February on 31 May',
      since('2021-02-28', 'quarterly'),
      '2022-05-27',
      '2022-02-28..2022-05-28',
    ],
    [
      'Lago quarter of 30 May on 29 May',
      since('2021-05-30', 'quarterly'),
      '2022-05-29',
      '2022-02-28..2022-05-30',
    ],
    [
      'Lago quarter of 28 February on the 27th',
      since('2021-02-28', 'quarterly'),
      '2022-02-27',
      '2021-11-28..2022-02-28',
    ],
    ['Lago quarter of 6 April', since('2023-04-06', 'quarterly'), '2023-08-04', '2023-07-06..2023-10-06'],
    [
      'Lago half year of 6 January',
      since('2023-01-06', 'monthly', 6),
      '2023-08-04',
      '2023-07-06..2024-01-06',
    ],
    [
      'Lago half year of 28 February',
      since('2021-02-28', 'monthly', 6),
      '2022-02-27',
      '2021-08-28..2022-02-28',
    ],
    [
      'Lago half year of 31 January in April',
      since('2021-01-31', 'monthly', 6),
      '2021-04-30',
      '2021-01-31..2021-07-31',
    ],
    [
      'Lago year of 29 March in its month',
      since('2023-03-29', 'yearly'),
      '2024-03-15',
      '2023-03-29..2024-03-29',
    ],
    [
      'Lago year of 29 February in March',
      since('2020-02-29', 'yearly'),
      '2022-03-28',
      '2022-02-28..2023-02-28',
    ],
    [
      'Lago year of 2 February in January',
      since('2021-02-02', 'yearly'),
      '2022-01-03',
      '2021-02-02..2022-02-02',
    ],
    ['Lago year of 1 December', since('2022-12-01', 'yearly'), '2023-11-30', '2022-12-01..2023-12-01'],
    [
      'Lago year, days of the whole one',
      since('2024-03-15', 'yearly'),
      '2024-11-01',
      '2024-03-15..2025-03-15',
    ],
  ])('%s', (_, cycle, date, expected) => {
    const { from, to } = periodContaining(cycle, date);
    expect(`${from}..${to}`).toBe(expected);
  });
});

/** Kill Bill: the first billing day on or after the start; where it is the start itself, there is no lead. */
describe('Kill Bill, first billing day', () => {
  it.each<[string, Cycle, LocalDate, LocalDate]>([
    ['day 17, month', utc('monthly', 17), '2012-01-16', '2012-01-17'],
    ['day 17, year', utc('yearly', 17, 1), '2012-01-16', '2012-01-17'],
    ['day 17, thirty days', since('2012-01-16', 'daily', 30), '2012-01-16', '2012-01-16'],
    ['day 30 in February, month', utc('monthly', 30), '2012-02-16', '2012-02-29'],
    ['day 30 in February, year', utc('yearly', 30, 2), '2012-02-16', '2012-02-29'],
    ['day 30 from 31 January, month', utc('monthly', 30), '2012-01-31', '2012-02-29'],
    ['day 30 from 31 January, year', utc('yearly', 30, 1), '2012-01-31', '2013-01-30'],
    ['day 14 from the 16th, month', utc('monthly', 14), '2012-02-16', '2012-03-14'],
    ['day 14 from the 16th, year', utc('yearly', 14, 2), '2012-02-16', '2013-02-14'],
    ['day 15 from 16 July', utc('monthly', 15), '2012-07-16', '2012-08-15'],
    ['day 3 from the 2nd', utc('monthly', 3), '2012-03-02', '2012-03-03'],
    ['day 3 from the 3rd', utc('monthly', 3), '2012-03-03', '2012-03-03'],
    ['day 3 from the 4th', utc('monthly', 3), '2012-03-04', '2012-04-03'],
    ['day 23 from 19 July', utc('monthly', 23), '2022-07-19', '2022-07-23'],
    ['day 17 from 19 July', utc('monthly', 17), '2022-07-19', '2022-08-17'],
    ['day 31 from 19 February', utc('monthly', 31), '2022-02-19', '2022-02-28'],
  ])('%s', (_, cycle, start, expected) => {
    const { from, to } = periodContaining(cycle, start);
    expect(from === start ? from : to).toBe(expected);
  });
});

it.each([29, 30, 31])(
  'anchor %i from 1996 to 2104: a bill a month, on the anchor or the last day',
  (anchorDay) => {
    const days = nextCutOffs(utc('monthly', anchorDay), '1995-12-31', 1000);
    for (const [at, day] of days.entries()) {
      const isLastOfMonth = addDays(day, 1).endsWith('-01');
      const isAnchor = Number(day.slice(8)) === anchorDay;
      expect(isAnchor || (isLastOfMonth && Number(day.slice(8)) < anchorDay)).toBe(true);
      if (at > 0) expect(daysBetween(days[at - 1] as LocalDate, day)).toBeGreaterThanOrEqual(28);
    }
    const lastOfFebruary = days.filter((day) => day.slice(5, 7) === '02');
    expect(lastOfFebruary.slice(0, 5).map((day) => day.slice(8))).toEqual(['29', '28', '28', '28', '29']);
  },
);

it('Kill Bill: thirty days, weeks and months from 8 April 2016, seven of each', () => {
  const seventh = (frequency: Frequency, count?: number) =>
    nextCutOffs(since('2016-04-08', frequency, count), '2016-04-08', 7).at(-1);
  expect([seventh('daily', 30), seventh('weekly'), seventh('monthly')]).toEqual([
    '2016-11-04',
    '2016-05-27',
    '2016-11-08',
  ]);
});

it('Stripe: anchor 29 August by month, 31 May by quarter, and a day of a week', () => {
  expect(nextCutOffs(since('2023-08-29', 'monthly'), '2024-01-29', 2)).toEqual(['2024-02-29', '2024-03-29']);
  expect(nextCutOffs(since('2023-05-31', 'quarterly'), '2023-05-31', 4)).toEqual([
    '2023-08-31',
    '2023-11-30',
    '2024-02-29',
    '2024-05-31',
  ]);
  expect(nextCutOffs(since('2023-06-02', 'weekly'), '2023-06-02', 2)).toEqual(['2023-06-09', '2023-06-16']);
});
