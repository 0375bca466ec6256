import { allowedDay, noEarlierThan, stepTime } from './forbidden-days';
import { isPublicHoliday } from './public-holidays';

describe('public holidays by country and year', () => {
  it.each([
    ['DE', '2026-04-03', true], // Good Friday
    ['DE', '2026-05-14', true], // Ascension
    ['DE', '2026-10-03', true],
    ['DE', '2017-10-31', true], // 500 years of Reformation, once
    ['DE', '2018-10-31', false],
    ['AT', '2026-06-04', true], // Corpus Christi
    ['FR', '2026-07-14', true],
    ['FR', '2026-04-03', false],
    ['NL', '2026-04-27', true],
    ['GB', '2021-12-27', true], // Christmas on a Saturday
    ['GB', '2021-12-28', true], // Boxing Day on a Sunday
    ['GB', '2022-12-26', true],
    ['GB', '2022-12-27', true], // Christmas on a Sunday
    ['GB', '2023-05-08', true], // coronation
    ['US', '2026-11-26', true], // Thanksgiving
    ['US', '2026-07-03', true], // July 4 on a Saturday
    ['US', '2020-06-19', false], // Juneteenth since 2021
    ['IE', '2026-10-26', true],
    ['XX', '2026-12-25', false],
  ])('%s %s: %s', (country, date, expected) => expect(isPublicHoliday(country, date)).toBe(expected));
});

describe('a day on which a step may be taken', () => {
  const closed = { weekdays: [6, 7], holidays: true };
  it.each([
    ['a working day', '2026-04-02', '2026-04-02', null],
    ['Good Friday to Easter Monday', '2026-04-03', '2026-04-07', '2026-04-03 is a public holiday in DE'],
    ['a Saturday', '2026-06-06', '2026-06-08', '2026-06-06 is a Saturday'],
    [
      'Christmas and the weekend behind it',
      '2026-12-25',
      '2026-12-28',
      '2026-12-25 is a public holiday in DE',
    ],
  ])('%s', (_, date, on, moved) => expect(allowedDay(closed, 'DE', date)).toEqual({ on, moved }));

  it('a region’s own day', () =>
    expect(allowedDay({ dates: ['2026-06-04'] }, 'DE', '2026-06-04').on).toBe('2026-06-05'));

  it.each([
    [9, undefined, '09:00'],
    [7, { from: '20:00', to: '08:00' }, '08:00'],
    [13, { from: '12:00', to: '15:00' }, '15:00'],
    [9, { from: '20:00', to: '08:00' }, '09:00'],
  ])('the hour %s in quiet hours %p is %s', (hour, quietHours, time) =>
    expect(stepTime(hour, quietHours ? { quietHours } : undefined)).toBe(time),
  );

  const berlin = { zone: 'Europe/Berlin', country: 'DE' };
  it.each([
    ['by day: now', '2026-06-03T12:00:00.000Z', '2026-06-03T12:00:00.000Z'],
    ['before the step hour: at it', '2026-06-03T03:00:00.000Z', '2026-06-03T07:00:00.000Z'],
    ['at night: in the morning', '2026-06-03T20:30:00.000Z', '2026-06-04T07:00:00.000Z'],
    ['Friday night: on Monday', '2026-06-05T20:30:00.000Z', '2026-06-08T07:00:00.000Z'],
  ])('a late step %s', (_, at, expected) =>
    expect(noEarlierThan(at, { stepHour: 9, forbidden: closed }, berlin)).toBe(expected),
  );
});
