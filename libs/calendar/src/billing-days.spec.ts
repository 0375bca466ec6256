import { anniversaryCycle, nextCutOffs, periodContaining, periodEndingAt, type Cycle } from './cycle';
import { instant } from './instant';
import { addDays } from './local-date';
import { localDateOf, startOfDay } from './zone';

/** Billing days that other billing systems publish in their own tests; B.. is the case. */
const monthly = (anchorDay: number, zone = 'UTC'): Cycle => ({ frequency: 'monthly', anchorDay, zone });
const quarterly = (anchorMonth: number, anchorDay: number): Cycle => ({
  frequency: 'quarterly',
  anchorMonth,
  anchorDay,
  zone: 'UTC',
});
const weekly = (anchorDay: number, zone = 'UTC'): Cycle => ({ frequency: 'weekly', anchorDay, zone });

describe('B001 next run after a day', () => {
  it.each([
    ['2020-02-07', 31, '2020-02-29'],
    ['2020-02-17', 16, '2020-03-16'],
    ['2020-12-17', 16, '2021-01-16'],
    ['2020-12-17', 31, '2020-12-31'],
    ['2020-10-31', 30, '2020-11-30'],
  ])('%s, anchor %i: %s', (now, anchorDay, next) => {
    expect(nextCutOffs(monthly(anchorDay), now, 1)).toEqual([next]);
  });
});

describe('a series of cut-offs', () => {
  it.each<[string, Cycle, string, string]>([
    [
      'B004',
      monthly(31),
      '2022-12-31',
      '2023-01-31 2023-02-28 2023-03-31 2023-04-30 2023-05-31 2023-06-30 2023-07-31 2023-08-31 2023-09-30 ' +
        '2023-10-31 2023-11-30 2023-12-31 2024-01-31 2024-02-29 2024-03-31',
    ],
    [
      'B006',
      monthly(28),
      '2022-12-28',
      '2023-01-28 2023-02-28 2023-03-28 2023-04-28 2023-05-28 2023-06-28 2023-07-28 2023-08-28 2023-09-28 ' +
        '2023-10-28 2023-11-28 2023-12-28',
    ],
    ['B008', quarterly(12, 31), '2022-12-31', '2023-03-31 2023-06-30 2023-09-30 2023-12-31'],
    ['B008', quarterly(4, 30), '2022-12-31', '2023-01-30 2023-04-30 2023-07-30 2023-10-30'],
    ['B024', weekly(3), '2022-02-19', '2022-02-23'],
    ['B024', weekly(5), '2022-02-24', '2022-02-25'],
    ['B024 two weeks', { ...weekly(3), count: 2, originOn: '2022-02-02' }, '2022-02-25', '2022-03-02'],
    ['B034', monthly(31), '2023-01-31', '2023-02-28 2023-03-31 2023-04-30'],
    ['B034 leap', monthly(31), '2024-01-31', '2024-02-29 2024-03-31 2024-04-30'],
  ])('%s', (_, cycle, after, expected) => {
    const days = expected.split(' ');
    expect(nextCutOffs(cycle, after, days.length)).toEqual(days);
  });
});

describe('the billing day is a local day', () => {
  it.each<[string, Cycle, string, string, string, string]>([
    // cut-off, its instant, the last run before and the first run after the day
    [
      'B012',
      monthly(1, 'America/Bogota'),
      '2023-03-01',
      '2023-03-01T05:00:00.000Z',
      '2023-03-01T00:00:00Z',
      '2023-03-02T05:00:00Z',
    ],
    [
      'B014',
      weekly(1, 'America/Bogota'),
      '2023-02-13',
      '2023-02-13T05:00:00.000Z',
      '2023-02-13T04:00:00Z',
      '2023-02-14T05:00:00Z',
    ],
    [
      'B016',
      weekly(2, 'Europe/Paris'),
      '2023-05-23',
      '2023-05-22T22:00:00.000Z',
      '2023-05-22T21:00:00Z',
      '2023-05-24T00:10:00Z',
    ],
  ])('%s', (_, cycle, cutOff, cutOffAt, before, after) => {
    expect(periodEndingAt(cycle, cutOff).to).toBe(cutOff);
    expect(startOfDay(cutOff, cycle.zone)).toBe(cutOffAt);
    expect(localDateOf(before, cycle.zone)).toBe(addDays(cutOff, -1));
    expect(localDateOf(after, cycle.zone)).toBe(addDays(cutOff, 1));
  });
});

it('B018 anchor 31, billed on 28 February: the period ends with the 27th', () => {
  expect(periodEndingAt(monthly(31), '2022-02-28')).toEqual({ from: '2022-01-31', to: '2022-02-28' });
});

it('B020 anchor 30, billed on 30 March of a leap year: the period begins on 29 February', () => {
  expect(periodEndingAt(monthly(30), '2020-03-30').from).toBe('2020-02-29');
});

it('B027 thirty days are not a month', () => {
  const cycle = anniversaryCycle('2016-04-08', 'daily', 'UTC', 30);
  expect(nextCutOffs(cycle, '2016-04-08', 7).join(' ')).toBe(
    '2016-05-08 2016-06-07 2016-07-07 2016-08-06 2016-09-05 2016-10-05 2016-11-04',
  );
});

describe('anniversaries of a day', () => {
  it.each<[string, Cycle, string, string]>([
    [
      'B004 the 31st',
      anniversaryCycle('2022-12-31', 'monthly', 'UTC'),
      '2023-01-31',
      '2023-02-28 2023-03-31',
    ],
    [
      'B006 28 February stays the 28th',
      anniversaryCycle('2022-02-28', 'monthly', 'UTC'),
      '2023-01-01',
      '2023-01-28 2023-02-28 2023-03-28',
    ],
    [
      'B008',
      anniversaryCycle('2022-12-31', 'quarterly', 'UTC'),
      '2022-12-31',
      '2023-03-31 2023-06-30 2023-09-30 2023-12-31',
    ],
    [
      'B008',
      anniversaryCycle('2022-04-30', 'quarterly', 'UTC'),
      '2023-01-01',
      '2023-01-30 2023-04-30 2023-07-30 2023-10-30',
    ],
    ['B016', anniversaryCycle('2023-05-02', 'weekly', 'Europe/Paris'), '2023-05-16', '2023-05-23 2023-05-30'],
    ['B024', anniversaryCycle('2022-02-02', 'weekly', 'UTC'), '2022-02-19', '2022-02-23'],
    ['B024 two weeks', anniversaryCycle('2022-02-02', 'weekly', 'UTC', 2), '2022-02-25', '2022-03-02'],
    [
      'a leap day, yearly',
      anniversaryCycle('2024-02-29', 'yearly', 'UTC'),
      '2024-02-29',
      '2025-02-28 2026-02-28',
    ],
    [
      'five months',
      anniversaryCycle('2025-08-31', 'monthly', 'UTC', 5),
      '2025-08-31',
      '2026-01-31 2026-06-30',
    ],
  ])('%s', (_, cycle, after, expected) => {
    const days = expected.split(' ');
    expect(nextCutOffs(cycle, after, days.length)).toEqual(days);
  });
});

it('B032 a trial of 30 days counts local dates, not 720 hours', () => {
  const zone = 'America/Los_Angeles';
  const startOn = localDateOf(instant('2017-03-01T23:30:00-08:00'), zone);
  const firstBilledOn = addDays(startOn, 30);
  expect(firstBilledOn).toBe('2017-03-31');
  expect(periodContaining(monthly(31, zone), firstBilledOn)).toEqual({
    from: '2017-03-31',
    to: '2017-04-30',
  });
});
