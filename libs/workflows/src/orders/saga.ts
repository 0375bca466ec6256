import type { DueRenewal, OrderFacts, OrderRef, OrderStepFacts, OrderStepPlan } from '@tollkeeper/contracts';
import { orders, paymentsBulk } from '../services';

/** How a process takes a step, and how it takes it back; both may run twice. */
export interface Step extends OrderStepPlan {
  take(order: OrderRef, known: OrderStepFacts): Promise<OrderFacts>;
  undo(order: OrderRef): Promise<OrderFacts>;
  /** Hours after which a step that waits is looked at again, where nobody says so before. */
  recheckHours?: number;
}

export type Saga = readonly Step[];

type Phase = Partial<Pick<OrderStepPlan, 'phase' | 'final'>>;

/** A step that customers takes in one transaction; one that the network has to answer waits for its signal. */
export const step = (name: string, { phase = 'effective', final = false }: Phase = {}): Step => ({
  step: name,
  phase,
  final,
  take: (order) => orders.takeOrderStep({ ...order, step: name }),
  undo: (order) => orders.undoOrderStep({ ...order, step: name }),
});

const hoursUntilOutcomeIsAskedFor = 1;

/** Payments charges, customers writes down what came of it. */
export const charge = (
  name: string,
  dueOf: (order: OrderRef) => Promise<{ due: DueRenewal | null }>,
): Step => ({
  ...step(name),
  recheckHours: hoursUntilOutcomeIsAskedFor,
  async take(order, { attempt }) {
    const { due } = await dueOf(order);
    const record = { ...order, step: name, attempt, code: null, reason: null };
    if (!due) return orders.recordOrderStep({ ...record, state: 'done' });
    const { tenantId, at } = order;
    const { outcomes } = await paymentsBulk.chargeRenewals({ tenantId, at, attempt, renewals: [due] });
    const state = outcomes[0]?.state ?? 'unknown';
    if (state === 'succeeded') return orders.recordOrderStep({ ...record, state: 'done' });
    if (state === 'pending' || state === 'unknown') {
      return orders.recordOrderStep({ ...record, state: 'waiting', reason: `the payment is ${state}` });
    }
    return orders.recordOrderStep({ ...record, state: 'refused', code: state, reason: reasonOf[state] });
  },
});

const reasonOf = {
  declined: 'the card was declined',
  requiresAction: 'the payer has to confirm the payment',
  gatewayFailure: 'the payment gateway failed',
} as const;
