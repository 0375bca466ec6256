import type { LaterName } from './later-events';

/** A test token is a script: `tok_<step>[-<step>...][.<suffix>]`; each new charge on it takes the next step. */
export type Effect =
  | { kind: 'charged'; silent: boolean; later?: LaterName }
  | { kind: 'declined'; declineCode: string }
  | { kind: 'requiresAction' }
  | {
      kind: 'pending';
      settlesAs: 'succeeded' | 'failed';
      later?: LaterName;
      /** The news come so often, and so many days after the bank settled. */
      copies?: number;
      lateDays?: number;
    }
  | { kind: 'lost' }
  | { kind: 'broken' };

const EFFECTS: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['ok', { kind: 'charged', silent: false }],
  ['soft', { kind: 'declined', declineCode: 'insufficient_funds' }],
  ['hard', { kind: 'declined', declineCode: 'stolen_card' }],
  ['expired', { kind: 'declined', declineCode: 'expired_card' }],
  ['fraud', { kind: 'declined', declineCode: 'suspected_fraud' }],
  ['action', { kind: 'requiresAction' }],
  ['timeoutCharged', { kind: 'charged', silent: true }],
  ['timeoutLost', { kind: 'lost' }],
  ['error', { kind: 'broken' }],
  ['pending', { kind: 'pending', settlesAs: 'succeeded' }],
  ['pendingFail', { kind: 'pending', settlesAs: 'failed' }],
  ['pendingTwice', { kind: 'pending', settlesAs: 'succeeded', copies: 2 }],
  ['pendingLate', { kind: 'pending', settlesAs: 'succeeded', lateDays: 12 }],
  ['dispute', { kind: 'charged', silent: false, later: 'dispute' }],
  ['disputeWon', { kind: 'charged', silent: false, later: 'disputeWon' }],
  ['disputeLost', { kind: 'charged', silent: false, later: 'disputeLost' }],
  ['disputeReversed', { kind: 'charged', silent: false, later: 'disputeReversed' }],
  ['inquiry', { kind: 'charged', silent: false, later: 'inquiry' }],
  ['replaced', { kind: 'charged', silent: false, later: 'replaced' }],
  ['returned', { kind: 'pending', settlesAs: 'succeeded', later: 'returned' }],
  ['returnedMandate', { kind: 'pending', settlesAs: 'succeeded', later: 'returnedMandate' }],
  ['refundedByPayer', { kind: 'pending', settlesAs: 'succeeded', later: 'refundedByPayer' }],
]);

export const INVALID_TOKEN: Effect = { kind: 'declined', declineCode: 'invalid_token' };

export type TokenScript = readonly [Effect, ...Effect[]];

/** The script of a token, or undefined when the gateway does not know such a token. */
export function readScript(token: string): TokenScript | undefined {
  const steps = /^tok_([A-Za-z]+(?:-[A-Za-z]+)*)(?:\.[\w-]+)?$/.exec(token)?.[1]?.split('-') ?? [];
  const [first, ...rest] = steps.map((step) => EFFECTS.get(step));
  return first && rest.every((effect) => effect !== undefined) ? [first, ...rest] : undefined;
}

/** What the n-th charge (counted from 1) meets; the last step repeats. */
export function effectOf(script: TokenScript, nth: number): Effect {
  return script[Math.min(nth, script.length) - 1] ?? script[0];
}
