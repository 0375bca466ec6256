import type { Instant } from '@tollkeeper/calendar';
import type { OrderState, OrderStepFacts, OrderStepState } from '@tollkeeper/contracts';

interface ProgressStep extends OrderStepFacts {
  at: Instant | null;
}

/** How far an order is; every change of it is one of the functions below. */
export interface Progress<Step extends ProgressStep = ProgressStep> {
  state: OrderState;
  open: boolean;
  direction: 'forward' | 'back';
  endsAs: 'completed' | 'failed' | 'cancelled';
  effectiveAt: Instant;
  steps: Step[];
  held: { step: string; code: string; reason: string; since: Instant } | null;
  endedAt: Instant | null;
}

export type Steering = 'retry' | 'undo' | 'cancel';

const begun = ({ state }: ProgressStep): boolean => state !== 'pending' && state !== 'undone';

/** Takes effect: no longer waiting for its time. */
const hasTakenEffect = ({ steps }: Progress): boolean =>
  steps.some((step) => step.phase === 'effective' && begun(step));

const movingState = (order: Progress, at: Instant): OrderState =>
  order.direction === 'forward' && order.effectiveAt > at && !hasTakenEffect(order)
    ? 'acknowledged'
    : 'inProgress';

export function withStep<Order extends Progress>(
  order: Order,
  name: string,
  change: Partial<Order['steps'][number]> & { state: OrderStepState },
  at: Instant,
): Order {
  const steps = order.steps.map((step) => (step.step === name ? { ...step, ...change, at } : step));
  const changed = { ...order, steps };
  return { ...changed, state: order.state === 'held' ? 'held' : movingState(changed, at) };
}

export function refused<Order extends Progress>(
  order: Order,
  step: string,
  { code, reason }: { code: string; reason: string },
  at: Instant,
): Order {
  const change = { state: 'refused' as const, error: reason, waitsUntil: null };
  const changed = withStep(order, step, change as Partial<Order['steps'][number]> & typeof change, at);
  // Nobody is asked any more once someone wants it undone.
  if (order.direction === 'back') return changed;
  return { ...changed, state: 'held', held: { step, code, reason, since: at } };
}

export const ended = <Order extends Progress>(order: Order, at: Instant): Order => ({
  ...order,
  state: order.endsAs,
  open: false,
  endedAt: at,
  held: null,
});

export function retried<Order extends Progress>(order: Order, at: Instant): Order {
  const steps = order.steps.map((step) =>
    step.state === 'refused'
      ? { ...step, state: 'pending' as const, attempt: step.attempt + 1, error: null, at }
      : step,
  );
  const changed = { ...order, steps, held: null };
  return { ...changed, state: movingState(changed, at) };
}

/** An order that has not taken effect yet is cancelled; any other is undone and has failed. */
export const turnedBack = <Order extends Progress>(order: Order): Order => ({
  ...order,
  direction: 'back',
  endsAs: hasTakenEffect(order) ? 'failed' : 'cancelled',
  held: null,
  state: 'inProgress',
});

interface Objection {
  code: string;
  detail: string;
  hint: string;
}

/** Why a person cannot steer an order so just now; null when they can. */
export function objectionTo(wish: Steering, order: Progress): Objection | null {
  if (!order.open)
    return { code: 'orderEnded', detail: `The order is ${order.state}.`, hint: 'Place another order.' };
  if (order.direction === 'back')
    return { code: 'beingUndone', detail: 'The order is being undone.', hint: 'Wait for its end.' };
  switch (wish) {
    case 'retry':
      if (order.state === 'held') return null;
      return { code: 'notHeld', detail: 'No step of the order was refused.', hint: 'Look at its steps.' };
    case 'cancel':
      if (!hasTakenEffect(order)) return null;
      return {
        code: 'inEffect',
        detail: `The order took effect at ${order.effectiveAt}.`,
        hint: 'Undo it when a step is refused or waits.',
      };
    case 'undo':
      return objectionToUndo(order);
  }
}

/** Taken by payments. */
const chargedSteps = new Set(['takeDeposit', 'firstCharge']);

function objectionToUndo({ state, steps }: Progress): Objection | null {
  const final = steps.find((step) => step.final && step.state === 'done');
  if (final)
    return {
      code: 'pastReturn',
      detail: `Step ${final.step} is done and cannot be undone.`,
      hint: 'Retry, or place an order for the contrary.',
    };
  const waiting = steps.find((step) => step.state === 'waiting');
  // A payment whose outcome is unknown may yet be taken.
  if (waiting && chargedSteps.has(waiting.step))
    return {
      code: 'paymentOpen',
      detail: `The outcome of ${waiting.step} is not known yet.`,
      hint: 'Wait for it.',
    };
  if (state === 'held' || waiting) return null;
  return { code: 'notHeld', detail: 'The order is on its way.', hint: 'Cancel it before it takes effect.' };
}

export const steeringsOf = (order: Progress): Steering[] =>
  (['retry', 'undo', 'cancel'] as const).filter((wish) => objectionTo(wish, order) === null);
