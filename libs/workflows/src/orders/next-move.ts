import { compareInstants, type Instant } from '@tollkeeper/calendar';
import type { OrderFacts, OrderStepFacts } from '@tollkeeper/contracts';

export type Move =
  | { kind: 'take'; step: OrderStepFacts }
  | { kind: 'undo'; step: OrderStepFacts }
  /** `waitsFor`: a step that was asked for; null: the order's own time, or a person. */
  | { kind: 'wait'; until: Instant | null; waitsFor: OrderStepFacts | null }
  | { kind: 'close' }
  | { kind: 'closed' };

const closed = new Set<OrderFacts['state']>(['completed', 'failed', 'cancelled']);

/** What an order's facts ask for next. A refused step may have done half of its work: it is undone as well. */
export function nextMove({ state, direction, effectiveAt, steps }: OrderFacts, at: Instant): Move {
  if (closed.has(state)) return { kind: 'closed' };
  if (direction === 'back') {
    const last = steps.findLast((step) => step.state !== 'pending' && step.state !== 'undone');
    return last ? { kind: 'undo', step: last } : { kind: 'close' };
  }
  if (state === 'held') return { kind: 'wait', until: null, waitsFor: null };
  const next = steps.find((step) => step.state !== 'done');
  const early = compareInstants(effectiveAt, at) > 0;
  if (early && next?.phase !== 'atOnce') return { kind: 'wait', until: effectiveAt, waitsFor: null };
  if (!next) return { kind: 'close' };
  if (next.state === 'waiting') return { kind: 'wait', until: next.waitsUntil, waitsFor: next };
  return { kind: 'take', step: next };
}
