import { expiringMonths } from './expiring-months';

/** A card of March 2026 holds until March 31: April 1 is the first day without it. */
it.each([
  ['2026-03-01', 30, false],
  ['2026-03-02', 30, true],
  ['2026-03-31', 1, true],
  ['2026-03-30', 1, false],
  ['2026-03-17', 15, true],
  ['2026-03-16', 15, false],
  ['2026-02-15', 45, true],
  ['2026-02-14', 45, false],
  ['2025-12-02', 120, true],
  ['2025-12-01', 120, false],
  // It has expired: the next charge will tell.
  ['2026-04-01', 30, false],
])('on %s, %i days before: a card of 2026-03 is told of: %s', (on, daysBefore, isTold) => {
  const { from, before } = expiringMonths(on, daysBefore);
  expect('2026-03' >= from && '2026-03' < before).toBe(isTold);
});
