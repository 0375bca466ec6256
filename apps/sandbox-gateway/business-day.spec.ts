import { expect, it } from '@jest/globals';
import { nextBusinessDay } from './business-day';

it.each([
  ['Wednesday', '2026-07-01T10:00:00.000Z', '2026-07-02T10:00:00.000Z'],
  ['Thursday', '2026-07-02T10:00:00.000Z', '2026-07-03T10:00:00.000Z'],
  ['Friday', '2026-07-03T23:59:59.000Z', '2026-07-06T23:59:59.000Z'],
  ['Saturday', '2026-07-04T00:00:00.000Z', '2026-07-06T00:00:00.000Z'],
  ['Sunday', '2026-07-05T10:00:00.000Z', '2026-07-06T10:00:00.000Z'],
])('after a %s, %s, comes %s', (_weekday, at, next) => {
  expect(nextBusinessDay(new Date(at)).toISOString()).toBe(next);
});
