import { type Cycle, type Frequency, periodEndingAt } from './cycle';
import { instant } from './instant';
import type { LocalDate } from './local-date';
import { daysIn, period } from './period';
import { unitsBetween } from './proration';
import { localDateOf, startOfDay } from './zone';

/** Facts of other systems' own tests (Lago, Kill Bill), and days on which clocks change at midnight. */
const utc = (frequency: Frequency, anchorDay: number): Cycle => ({ frequency, anchorDay, zone: 'UTC' });
const halfYearly = (): Cycle => ({ frequency: 'monthly', anchorDay: 1, count: 6, zone: 'UTC' });

/** The billing day is the local day of the start. */
describe('Kill Bill, billing day by zone: 2012-07-16T21:17:03Z', () => {
  it.each([
    ['Pacific/Honolulu', '2012-07-16'],
    ['Europe/Paris', '2012-07-16'],
    ['UTC', '2012-07-16'],
    ['Etc/GMT-3', '2012-07-17'],
    ['Asia/Tokyo', '2012-07-17'],
    ['Pacific/Kiritimati', '2012-07-17'],
    ['Pacific/Pago_Pago', '2012-07-16'],
  ])('%s: %s', (zone, expected) => {
    expect(localDateOf(instant('2012-07-16T21:17:03Z'), zone)).toBe(expected);
  });
});

describe('a cut-off is the first instant of the local day', () => {
  it.each<[string, Cycle, LocalDate, string]>([
    ['Lago week in Kolkata', { ...utc('weekly', 1), zone: 'Asia/Kolkata' }, '2023-02-13', '2023-02-12T18:30'],
    [
      'Lago month in Kolkata',
      { ...utc('monthly', 1), zone: 'Asia/Kolkata' },
      '2023-03-01',
      '2023-02-28T18:30',
    ],
    [
      'Lago quarter in Kolkata',
      { ...utc('quarterly', 1), zone: 'Asia/Kolkata' },
      '2023-04-01',
      '2023-03-31T18:30',
    ],
    [
      'Lago quarter in Bogota',
      { ...utc('quarterly', 1), zone: 'America/Bogota' },
      '2023-04-01',
      '2023-04-01T05:00',
    ],
    ['Lago half year in Paris', { ...halfYearly(), zone: 'Europe/Paris' }, '2022-07-01', '2022-06-30T22:00'],
    [
      'Lago half year in Bogota',
      { ...halfYearly(), zone: 'America/Bogota' },
      '2022-07-01',
      '2022-07-01T05:00',
    ],
    ['Lago year in Paris', { ...utc('yearly', 1), zone: 'Europe/Paris' }, '2023-01-01', '2022-12-31T23:00'],
    [
      'Lago year in New York',
      { ...utc('yearly', 1), zone: 'America/New_York' },
      '2021-01-01',
      '2021-01-01T05:00',
    ],
    [
      'Lago half year in New York, summer',
      { ...halfYearly(), zone: 'America/New_York' },
      '2021-07-01',
      '2021-07-01T04:00',
    ],
    [
      'Kill Bill in Juneau, summer',
      { ...utc('monthly', 1), zone: 'America/Juneau' },
      '2015-10-01',
      '2015-10-01T08:00',
    ],
    [
      'Kill Bill in Juneau, before the clocks go back',
      { ...utc('monthly', 1), zone: 'America/Juneau' },
      '2015-11-01',
      '2015-11-01T08:00',
    ],
    [
      'Kill Bill in Juneau, winter',
      { ...utc('monthly', 1), zone: 'America/Juneau' },
      '2015-12-01',
      '2015-12-01T09:00',
    ],
    ['+14', { ...utc('monthly', 1), zone: 'Pacific/Kiritimati' }, '2026-01-01', '2025-12-31T10:00'],
    ['-11', { ...utc('monthly', 1), zone: 'Pacific/Pago_Pago' }, '2026-01-01', '2026-01-01T11:00'],
    [
      '+12:45 and summer time',
      { ...utc('monthly', 1), zone: 'Pacific/Chatham' },
      '2026-01-01',
      '2025-12-31T10:15',
    ],
    [
      'summer time begins at midnight, 00:00 to 01:00',
      { ...utc('monthly', 6), zone: 'America/Santiago' },
      '2026-09-06',
      '2026-09-06T04:00',
    ],
    ['the same in Beirut', { ...utc('monthly', 29), zone: 'Asia/Beirut' }, '2026-03-29', '2026-03-28T22:00'],
    ['and in Havana', { ...utc('monthly', 8), zone: 'America/Havana' }, '2026-03-08', '2026-03-08T05:00'],
    [
      'the midnight that comes twice is the first',
      { ...utc('monthly', 1), zone: 'America/Havana' },
      '2026-11-01',
      '2026-11-01T04:00',
    ],
    [
      'clocks go back at midnight: the day before is the long one',
      { ...utc('monthly', 5), zone: 'America/Santiago' },
      '2026-04-05',
      '2026-04-05T04:00',
    ],
    [
      'half an hour of summer time',
      { ...utc('monthly', 5), zone: 'Australia/Lord_Howe' },
      '2026-04-05',
      '2026-04-04T13:00',
    ],
  ])('%s', (_, cycle, cutOffOn, expected) => {
    const at = startOfDay(cutOffOn, cycle.zone);
    expect(at).toBe(`${expected}:00.000Z`);
    expect(periodEndingAt(cycle, cutOffOn).to).toBe(cutOffOn);
    expect(localDateOf(at, cycle.zone)).toBe(cutOffOn);
  });
});

describe('real seconds of a period, and its days', () => {
  it.each<[string, string, LocalDate, LocalDate, number, number]>([
    ['a month into summer time', 'Europe/Berlin', '2026-03-01', '2026-04-01', 31, 743],
    ['a month out of it', 'Europe/Berlin', '2026-10-01', '2026-11-01', 31, 745],
    ['a month with a midnight that is skipped', 'America/Santiago', '2026-09-01', '2026-10-01', 30, 719],
    ['half an hour', 'Australia/Lord_Howe', '2026-04-01', '2026-05-01', 30, 720.5],
    ['a year', 'Europe/Berlin', '2026-01-01', '2027-01-01', 365, 8760],
    ['a day that a whole country left out', 'Pacific/Apia', '2011-12-01', '2012-01-01', 31, 720],
  ])('%s', (_, zone, from, to, days, hours) => {
    expect(daysIn(period(from, to))).toBe(days);
    expect(unitsBetween('second', from, to, zone)).toBe(hours * 3_600);
  });
});
