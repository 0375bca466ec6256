import fc from 'fast-check';
import { addDays } from './local-date';
import { addDuration, compareInstants } from './instant';
import { atLocalTime, isZone, localDateOf, localTimeOf, startOfDay } from './zone';

describe('startOfDay', () => {
  it.each([
    ['UTC', '2026-03-08', '2026-03-08T00:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'], // a day of 23 hours before
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00.000Z'], // UTC+14
    ['Pacific/Pago_Pago', '2026-01-01', '2026-01-01T11:00:00.000Z'], // UTC-11
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z'], // UTC+05:45
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'], // no midnight: the day begins at 01:00
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'], // midnight twice: the first
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'], // the day that Samoa skipped
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    ['America/Toronto', '1919-03-31', '1919-03-31T04:30:00.000Z'], // 23:30 became 00:30
  ])('%s %s is %s', (zone, date, expected) => {
    expect(startOfDay(date, zone)).toBe(expected);
  });
});

describe('atLocalTime', () => {
  it.each([
    ['America/New_York', '2026-03-08', '01:59', '2026-03-08T06:59:00.000Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z'], // skipped: 03:00 summer time
    ['America/New_York', '2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'], // twice: the first
    ['Europe/Berlin', '2026-03-29', '02:15', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '09:00', '2026-07-01T07:00:00.000Z'],
  ])('%s %s %s is %s', (zone, date, time, expected) => {
    expect(atLocalTime(date, time, zone)).toBe(expected);
  });

  it.each(['9:00', '24:00', '12:60', '12:00:00', ''])('refuses the time %j', (time) => {
    expect(() => atLocalTime('2026-01-01', time, 'UTC')).toThrow('Not a time of day');
  });
});

describe('the wall clock of an instant', () => {
  it.each([
    ['2026-03-08T06:59:59Z', 'America/New_York', '2026-03-08', '01:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08', '03:00'],
    ['2026-03-28T22:59:59.999Z', 'Europe/Berlin', '2026-03-28', '23:59'],
    ['2025-12-31T10:00:00Z', 'Pacific/Kiritimati', '2026-01-01', '00:00'],
    ['2026-01-01T10:59:00Z', 'Pacific/Pago_Pago', '2025-12-31', '23:59'],
  ])('%s in %s is %s %s', (at, zone, date, time) => {
    expect(localDateOf(at, zone)).toBe(date);
    expect(localTimeOf(at, zone)).toBe(time);
  });
});

it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'])('%s is a zone', (name) => {
  expect(isZone(name)).toBe(true);
});

it.each(['Mars/Olympus', '+02:00', '', 'Europe/Berlin '])('%j is no zone', (name) => {
  expect(isZone(name)).toBe(false);
  expect(() => startOfDay('2026-01-01', name)).toThrow(`Unknown time zone "${name}"`);
});

it('a day begins with the first millisecond that bears its date, and days follow each other', () => {
  const zones = [
    'America/New_York',
    'Europe/Berlin',
    'Pacific/Kiritimati',
    'Australia/Lord_Howe',
    'Africa/Cairo',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 5_000 }), (zone, days) => {
      const date = addDays('2020-01-01', days);
      const start = startOfDay(date, zone);
      expect(localDateOf(start, zone)).toBe(date);
      expect(localDateOf(addDuration(start, { minutes: -1 }), zone)).toBe(addDays(date, -1));
      expect(compareInstants(start, startOfDay(addDays(date, 1), zone))).toBe(-1);
    }),
  );
});
