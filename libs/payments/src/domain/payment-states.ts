/** Captured money. Success is not final: a bank or a payer may take it back for months. */
export type PaymentProgress =
  'succeeded' | 'settled' | 'returned' | 'refundedByPayer' | 'disputed' | 'lost' | 'undone';

const nextStates: Record<PaymentProgress, readonly PaymentProgress[]> = {
  succeeded: ['settled', 'returned', 'refundedByPayer', 'disputed', 'lost', 'undone'],
  settled: ['returned', 'refundedByPayer', 'disputed', 'lost', 'undone'],
  // Won: the money is ours again.
  disputed: ['settled', 'lost'],
  returned: [],
  refundedByPayer: [],
  lost: [],
  // It was never this account's: a person took it from there.
  undone: [],
};

export const paymentMayBecome = (from: PaymentProgress, to: PaymentProgress): boolean =>
  nextStates[from].includes(to);

/** Money that we hold: only that can be refunded. */
export const heldStates = ['succeeded', 'settled'] as const satisfies readonly PaymentProgress[];

/** Part of it has gone back, or was taken back: nobody can say any more that it never came. */
export const hasMovedOn = (payment: { refundedMinor: number; reversedMinor?: number }): boolean =>
  payment.refundedMinor > 0 || (payment.reversedMinor ?? 0) > 0;

/** A dispute is opened and closed; a return, a payer's refund and our own undoing are final when we hear of them. */
export type ReversalState = 'opened' | 'won' | 'lost' | 'returned' | 'refundedByPayer' | 'undone';

export interface ReversalStanding {
  state: ReversalState;
  /** The gateway has taken the money from us. */
  moneyOut: boolean;
}

export interface ReversalChange {
  standing: ReversalStanding;
  move: 'out' | 'back' | null;
}

/**
 * What news of a reversal change; `null`: nothing. News come in any order and more than once, so that money moves only
 * by what is not yet known, and what is closed stays closed.
 */
export function afterNews(
  before: ReversalStanding | null,
  told: { state: ReversalState; fundsWithdrawn: boolean },
): ReversalChange | null {
  if (before && before.state !== 'opened') return null;
  const wasOut = before?.moneyOut ?? false;
  if (told.state === 'won')
    return { standing: { state: 'won', moneyOut: false }, move: wasOut ? 'back' : null };
  const isOut = told.state !== 'opened' || told.fundsWithdrawn;
  if (before && told.state === 'opened' && (wasOut || !isOut)) return null;
  const moneyOut = wasOut || isOut;
  return { standing: { state: told.state, moneyOut }, move: moneyOut && !wasOut ? 'out' : null };
}

/** How the payment stands then; an inquiry that takes no money leaves it as it is. */
export function paymentAfter({ state, moneyOut }: ReversalStanding): PaymentProgress | null {
  if (state === 'opened') return moneyOut ? 'disputed' : null;
  return state === 'won' ? 'settled' : state;
}
