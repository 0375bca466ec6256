/**
 * `created`: durable, not yet sent. `unknown`: it may have been paid; the gateway is asked, never paid again.
 * `refused`: invoicing does not hold as much; nothing goes. `payOut`: cannot go back the way it came and is to be paid by bank; `paidOut`: finance has paid it.
 */
export type RefundState = 'created' | 'unknown' | 'succeeded' | 'payOut' | 'paidOut' | 'refused';

const nextStates: Record<RefundState, readonly RefundState[]> = {
  created: ['succeeded', 'unknown', 'payOut'],
  unknown: ['created', 'succeeded', 'payOut'],
  // The receiving bank may send it back days later.
  succeeded: ['payOut'],
  payOut: ['paidOut'],
  paidOut: [],
  refused: [],
};

export const refundMayBecome = (from: RefundState, to: RefundState): boolean => nextStates[from].includes(to);

/** The `refund` process goes on until none of its refunds is in these. */
export const openRefundStates = ['created', 'unknown'] as const satisfies readonly RefundState[];
