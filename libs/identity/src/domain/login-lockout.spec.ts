import { describe, expect, it } from '@jest/globals';
import { takeAttempt } from './login-lockout';

const minute = 60_000;

describe('a login attempt', () => {
  it.each([
    [0, 0],
    [8, 0],
    [9, 1],
    [10, 2],
    [12, 8],
    [15, 60],
    [400, 60],
  ])('after %i failures costs a pause of %i minutes if it fails too', (failures, minutes) => {
    const attempt = takeAttempt({ failures, lockedUntilMs: 0 }, 1000);
    expect(attempt).toEqual({
      allowed: true,
      next: { failures: failures + 1, lockedUntilMs: 1000 + minutes * minute },
    });
  });

  it('is the first when nothing is remembered', () => {
    expect(takeAttempt(null, 0)).toEqual({ allowed: true, next: { failures: 1, lockedUntilMs: 0 } });
  });

  it('waits for the rest of the pause', () => {
    expect(takeAttempt({ failures: 10, lockedUntilMs: minute }, 500)).toEqual({
      allowed: false,
      waitSeconds: 60,
    });
    expect(takeAttempt({ failures: 10, lockedUntilMs: minute }, minute)).toMatchObject({ allowed: true });
  });
});
