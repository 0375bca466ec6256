import { expect, it } from '@jest/globals';
import { nextLookUpAt, nextQuestionAt } from './look-up-pauses';

it.each([
  [0, '2026-03-01T12:01:00.000Z'],
  [1, '2026-03-01T12:05:00.000Z'],
  [2, '2026-03-01T13:00:00.000Z'],
  [3, '2026-03-01T18:00:00.000Z'],
  [4, '2026-03-02T12:00:00.000Z'],
  [40, '2026-03-02T12:00:00.000Z'],
])('after %i look-ups at noon the next is at %s', (lookUps, at) => {
  expect(nextLookUpAt('2026-03-01T12:00:00.000Z', lookUps)).toBe(at);
});

it.each([
  ['unknown', 0, '2026-03-01T12:05:00.000Z'],
  ['unknown', 12, '2026-03-02T12:00:00.000Z'],
  ['unknown', 13, null],
  ['pending', 13, '2026-03-02T12:00:00.000Z'],
  ['pending', 59, null],
])('%s, asked %i times before this one: again at %s, or a person decides', (state, lookUps, at) => {
  expect(nextQuestionAt({ state, lookUps }, '2026-03-01T12:00:00.000Z')).toBe(at);
});
