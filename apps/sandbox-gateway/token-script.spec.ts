import { describe, expect, it } from '@jest/globals';
import { effectOf, readScript } from './token-script';

function nthEffect(token: string, nth: number): string {
  const script = readScript(token);
  if (!script) return 'unknown token';
  const effect = effectOf(script, nth);
  if (effect.kind === 'declined') return effect.declineCode;
  if (effect.kind === 'charged') return effect.silent ? 'charged, silent' : 'charged';
  return effect.kind === 'pending' ? `pending, then ${effect.settlesAs}` : effect.kind;
}

describe('a test token', () => {
  it.each([
    ['tok_ok', 1, 'charged'],
    ['tok_ok', 7, 'charged'],
    ['tok_soft', 1, 'insufficient_funds'],
    ['tok_hard', 1, 'stolen_card'],
    ['tok_expired', 1, 'expired_card'],
    ['tok_fraud', 1, 'suspected_fraud'],
    ['tok_action', 1, 'requiresAction'],
    ['tok_timeoutCharged', 1, 'charged, silent'],
    ['tok_timeoutLost', 1, 'lost'],
    ['tok_error', 1, 'broken'],
    ['tok_pending', 1, 'pending, then succeeded'],
    ['tok_pendingFail', 1, 'pending, then failed'],
    ['tok_disputeWon', 1, 'charged'],
    ['tok_returned', 1, 'pending, then succeeded'],
    ['tok_settles3', 1, 'pending, then succeeded'],
    ['tok_returns6AC04', 1, 'pending, then succeeded'],
    ['tok_returns2R01-refunds49', 2, 'pending, then succeeded'],
    ['tok_failsR01', 1, 'pending, then failed'],
    ['tok_never', 1, 'do_not_honor'],
    ['tok_code_lost_card-ok', 1, 'lost_card'],
    ['tok_code_lost_card-ok', 2, 'charged'],
    ['tok_issuer54', 1, 'do_not_honor'],
    ['tok_advice26', 1, 'insufficient_funds'],
    ['tok_refundFails', 1, 'charged'],
    ['tok_soft-soft-ok', 2, 'insufficient_funds'],
    ['tok_soft-soft-ok', 3, 'charged'],
    ['tok_soft-soft-ok', 4, 'charged'],
    ['tok_soft-ok.acc_17', 1, 'insufficient_funds'],
    ['tok_ok.a-soft', 2, 'charged'],
  ])('%s, charge %i: %s', (token, nth, effect) => {
    expect(nthEffect(token, nth)).toBe(effect);
  });

  it.each([
    'tok_',
    'tok_nope',
    'tok_ok-nope',
    'tok_ok-',
    'tok_OK',
    'ok',
    '',
    'tok_ok.',
    'tok_ok.a b',
    'tok_constructor',
    'tok_settles',
    'tok_code_',
    'tok_issuer5',
    'tok_advice',
    'tok_settles3AC04',
    'tok_returns6',
    'tok_refunds49AC04',
    'tok_fails',
    'tok_fails3R01',
  ])('is unknown when written %p', (token) => {
    expect(readScript(token)).toBeUndefined();
  });
});
