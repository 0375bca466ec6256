import { describe, expect, it } from '@jest/globals';
import { nextTryAt } from './retry-pauses';

const at = '2026-03-01T12:00:00.000Z';

describe('a deferred message', () => {
  it.each([
    [1, '2026-03-01T12:01:00.000Z'],
    [2, '2026-03-01T12:05:00.000Z'],
    [3, '2026-03-01T12:15:00.000Z'],
    [4, '2026-03-01T13:00:00.000Z'],
    [5, '2026-03-01T16:00:00.000Z'],
    [6, '2026-03-02T00:00:00.000Z'],
    [7, '2026-03-02T12:00:00.000Z'],
  ])('after try %i goes again at %s', (attempts, next) => {
    expect(nextTryAt(attempts, at, 'refusedForNow')).toBe(next);
    expect(nextTryAt(attempts, at, 'serverAway')).toBe(next);
  });

  it('is given up when the server keeps refusing it, never because the server is away', () => {
    expect(nextTryAt(8, at, 'refusedForNow')).toBeNull();
    expect(nextTryAt(80, at, 'serverAway')).toBe('2026-03-02T12:00:00.000Z');
  });
});
