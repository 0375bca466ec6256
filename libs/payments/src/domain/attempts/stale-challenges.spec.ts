import { expect, it } from '@jest/globals';
import { isStale } from './stale-challenges';

it.each([
  ['all of it is open', 1000, 1000, null, false],
  ['it was paid', 1000, 0, null, true],
  ['half was paid: confirmed, the other half would be paid twice', 1000, 500, null, true],
  ['it grew again', 1000, 1500, null, false],
  ['it was written off', 1000, 0, '2026-03-01T00:00:00.000Z', false],
])('a challenge is withdrawn when %s', (_what, amountMinor, openMinor, writtenOffAt, stale) => {
  expect(isStale({ amountMinor }, { openMinor, writtenOffAt })).toBe(stale);
});

it('a challenge of a debt that nobody told of stays', () => {
  expect(isStale({ amountMinor: 1 }, undefined)).toBe(false);
});
