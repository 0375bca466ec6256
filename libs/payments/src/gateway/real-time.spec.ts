import { expect, it } from '@jest/globals';
import { waitInPlaceMs } from './real-time';

it.each([
  ['the sandbox gateway, just asked', 3_000, 0, 3_000],
  ['the sandbox gateway, asked two seconds ago', 3_000, 2_000, 1_000],
  ['the sandbox gateway, asked long ago', 3_000, 60_000, 0],
  ['Stripe, whose search may lag for an hour', 3_600_000, 0, 0],
])('%s: books within %i ms, %i ms ago: waits %i ms', (_who, booksWithinMs, elapsedMs, waitMs) => {
  expect(waitInPlaceMs(booksWithinMs, elapsedMs)).toBe(waitMs);
});
