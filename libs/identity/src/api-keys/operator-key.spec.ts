import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Problem } from '@tollkeeper/platform';
import { OperatorKey, operatorKeyOf, OperatorOnly } from './operator-key';

const key = 'k'.repeat(16);

const called = (authorization?: string): ExecutionContext =>
  ({
    switchToHttp: () => ({ getRequest: () => ({ headers: { authorization } }) }),
  }) as unknown as ExecutionContext;

function statusOf(act: () => unknown): number | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Problem ? error.problem.status : null;
  }
}

describe('the operator key', () => {
  it('is optional, but never short', () => {
    expect(operatorKeyOf({})).toBeNull();
    expect(operatorKeyOf({ OPERATOR_KEY: key })).toBe(key);
    expect(() => operatorKeyOf({ OPERATOR_KEY: key.slice(1) })).toThrow('OPERATOR_KEY');
  });

  it.each([
    ['no header', undefined, 401],
    ['another key', `Bearer ${key}x`, 401],
    ['another scheme', `Basic ${key}`, 401],
  ])('refuses %s', (_, header, status) => {
    expect(statusOf(() => new OperatorOnly(new OperatorKey(key)).canActivate(called(header)))).toBe(status);
  });

  it('opens with the key, and never when none is set', () => {
    expect(new OperatorOnly(new OperatorKey(key)).canActivate(called(`Bearer ${key}`))).toBe(true);
    expect(statusOf(() => new OperatorOnly(new OperatorKey(null)).canActivate(called('Bearer ')))).toBe(403);
  });
});
