import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDuration } from '@tollkeeper/calendar';
import { isOverdue, limitOf, nextAskAt } from './acknowledgement-pauses';

const placedAt = '2026-03-01T12:00:00.000Z';

it.each([
  [1, '2026-03-01T12:00:00.000Z', '2026-03-01T12:01:00.000Z'],
  [2, '2026-03-01T12:01:00.000Z', '2026-03-01T12:06:00.000Z'],
  [3, '2026-03-01T12:06:00.000Z', '2026-03-01T12:21:00.000Z'],
  [4, '2026-03-01T12:21:00.000Z', '2026-03-01T13:21:00.000Z'],
  [5, '2026-03-01T13:21:00.000Z', '2026-03-01T14:21:00.000Z'],
  [7, '2026-03-01T15:21:00.000Z', '2026-03-01T16:00:00.000Z'],
  [8, '2026-03-01T16:00:00.000Z', '2026-03-01T22:00:00.000Z'],
  [9, '2026-03-01T22:00:00.000Z', '2026-03-02T10:00:00.000Z'],
  [10, '2026-03-02T10:00:00.000Z', '2026-03-03T10:00:00.000Z'],
])('try %i at %s is followed by one at %s', (tries, at, next) => {
  expect(nextAskAt({ placedAt, tries, at, limitHours: 4 })).toBe(next);
});

it('always asks later than now, and never beyond a limit that lies ahead', () => {
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 30 });
  fc.assert(
    fc.property(
      minutes,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 72 }),
      (after, tries, hours) => {
        const asking = { placedAt, tries, at: addDuration(placedAt, { minutes: after }), limitHours: hours };
        const next = nextAskAt(asking);
        return next > asking.at && (isOverdue(asking) || next <= limitOf(asking));
      },
    ),
  );
});
