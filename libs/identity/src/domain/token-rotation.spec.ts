import { describe, expect, it } from '@jest/globals';
import { decideRotation } from './token-rotation';

describe('a refresh token', () => {
  it.each([
    ['fresh', { expiresAtMs: 10, used: false, revoked: false }, 'rotate'],
    ['used before', { expiresAtMs: 10, used: true, revoked: false }, 'reuse'],
    ['of a revoked family', { expiresAtMs: 10, used: false, revoked: true }, 'refuse'],
    ['used, of a revoked family', { expiresAtMs: 10, used: true, revoked: true }, 'refuse'],
    ['at the end of its life', { expiresAtMs: 5, used: false, revoked: false }, 'refuse'],
    ['unknown', null, 'refuse'],
  ] as const)('%s', (_, token, decision) => {
    expect(decideRotation(token, 5)).toBe(decision);
  });
});
