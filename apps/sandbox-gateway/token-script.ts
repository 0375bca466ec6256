import { laterEvents, type LaterEvent, returned } from './later-events';

/** A test token is a script: `tok_<step>[-<step>...][.<suffix>]`; each new charge on it takes the next step. */
export type Effect =
  | { kind: 'charged'; silent: boolean; later?: readonly LaterEvent[] }
  | {
      kind: 'declined';
      declineCode: string;
      /** What the card's scheme said beside it. */
      networkDeclineCode?: string;
      adviceCode?: string;
    }
  | { kind: 'requiresAction' }
  | {
      kind: 'pending';
      settlesAs: 'succeeded' | 'failed';
      /** Of one that fails; left out: insufficient_funds. */
      failsWith?: string;
      /** Bank days until it settles or fails; left out: on its collection date, or the next bank day. */
      bankDays?: number;
      later?: readonly LaterEvent[];
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
  ['never', { kind: 'declined', declineCode: 'do_not_honor', networkDeclineCode: '14', adviceCode: '03' }],
  ['fraud', { kind: 'declined', declineCode: 'suspected_fraud' }],
  ['action', { kind: 'requiresAction' }],
  ['timeoutCharged', { kind: 'charged', silent: true }],
  ['timeoutLost', { kind: 'lost' }],
  ['error', { kind: 'broken' }],
  ['pending', { kind: 'pending', settlesAs: 'succeeded' }],
  ['pendingFail', { kind: 'pending', settlesAs: 'failed' }],
  ['pendingTwice', { kind: 'pending', settlesAs: 'succeeded', copies: 2 }],
  ['pendingLate', { kind: 'pending', settlesAs: 'succeeded', lateDays: 12 }],
  ['dispute', { kind: 'charged', silent: false, later: laterEvents.dispute }],
  ['disputeWon', { kind: 'charged', silent: false, later: laterEvents.disputeWon }],
  ['disputeLost', { kind: 'charged', silent: false, later: laterEvents.disputeLost }],
  ['disputeReversed', { kind: 'charged', silent: false, later: laterEvents.disputeReversed }],
  ['inquiry', { kind: 'charged', silent: false, later: laterEvents.inquiry }],
  // Its refunds succeed, and come back three days later.
  ['refundFails', { kind: 'charged', silent: false }],
  ['replaced', { kind: 'charged', silent: false, later: laterEvents.replaced }],
  ['returned', { kind: 'pending', settlesAs: 'succeeded', later: laterEvents.returned }],
  ['returnedMandate', { kind: 'pending', settlesAs: 'succeeded', later: laterEvents.returnedMandate }],
  ['refundedByPayer', { kind: 'pending', settlesAs: 'succeeded', later: laterEvents.refundedByPayer }],
]);

/** Debits in figures: `settles3` bank days, `returns6AC04` so many days after settlement, `refunds49`, `failsR01`. */
function debitStep(step: string): Effect | undefined {
  const [, what, days = '', code = ''] =
    /^(settles|returns|refunds|fails)(\d{0,3})([A-Z]{1,2}\d{2})?$/.exec(step) ?? [];
  const count = Number(days);
  if (what === 'fails')
    return code && !days ? { kind: 'pending', settlesAs: 'failed', failsWith: code } : undefined;
  if (!what || !days || (code !== '') !== (what === 'returns')) return undefined;
  if (what === 'settles') return { kind: 'pending', settlesAs: 'succeeded', bankDays: count };
  const later = what === 'returns' ? returned(count, code) : returned(count, 'MD06', true);
  return { kind: 'pending', settlesAs: 'succeeded', later: [later] };
}

/** Any decline: `code_lost_card`, `issuer62` (a response code of the card's issuer), `advice26` (Mastercard's advice). */
function declineStep(step: string): Effect | undefined {
  const [, declineCode, networkDeclineCode, adviceCode] =
    /^(?:code_([a-z_]{1,60})|issuer([0-9A-Z]{2})|advice(\d{2}))$/.exec(step) ?? [];
  if (declineCode) return { kind: 'declined', declineCode };
  if (networkDeclineCode) return { kind: 'declined', declineCode: 'do_not_honor', networkDeclineCode };
  return adviceCode
    ? { kind: 'declined', declineCode: 'insufficient_funds', networkDeclineCode: '51', adviceCode }
    : undefined;
}

export const INVALID_TOKEN: Effect = { kind: 'declined', declineCode: 'invalid_token' };

export type TokenScript = readonly [Effect, ...Effect[]];

/** The script of a token, or undefined when the gateway does not know such a token. */
export function readScript(token: string): TokenScript | undefined {
  const steps = /^tok_([A-Za-z]+\w*(?:-[A-Za-z]+\w*)*)(?:\.[\w-]+)?$/.exec(token)?.[1]?.split('-') ?? [];
  const [first, ...rest] = steps.map((step) => EFFECTS.get(step) ?? debitStep(step) ?? declineStep(step));
  return first && rest.every((effect) => effect !== undefined) ? [first, ...rest] : undefined;
}

export const refundFailsAfterDays = (token: string): number | null =>
  /^tok_([\w-]+-)?refundFails\b/.test(token) ? 3 : null;

/** What the n-th charge (counted from 1) meets; the last step repeats. */
export function effectOf(script: TokenScript, nth: number): Effect {
  return script[Math.min(nth, script.length) - 1] ?? script[0];
}
