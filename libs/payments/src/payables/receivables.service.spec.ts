import { expect, it } from '@jest/globals';
import { localDateOf } from '@tollkeeper/calendar';
import { nextDailyWake } from './receivables.service';

it.each([
  ['2026-03-01T00:00:00.000Z', 'UTC', '2026-03-01T06:00:00.000Z'],
  ['2026-03-01T06:00:00.000Z', 'UTC', '2026-03-02T06:00:00.000Z'],
  ['2026-03-01T23:30:00.000Z', 'Europe/Berlin', '2026-03-02T05:00:00.000Z'],
  // The night before summer time begins.
  ['2026-03-28T22:00:00.000Z', 'Europe/Berlin', '2026-03-29T04:00:00.000Z'],
  ['2026-03-01T12:00:00.000Z', 'America/New_York', '2026-03-02T11:00:00.000Z'],
])('at %s in %s the next day begins at %s', (at, zone, wakeAt) => {
  expect(nextDailyWake(localDateOf(at, zone), at, zone)).toBe(wakeAt);
});
