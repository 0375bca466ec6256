import type { OrderFacts, OrderRef, OrderStepFacts, OrderStepPlan } from '@tollkeeper/contracts';
import { orders } from '../services';

/** How a process takes a step, and how it takes it back; both may run twice. */
export interface Step extends OrderStepPlan {
  take(order: OrderRef, known: OrderStepFacts): Promise<OrderFacts>;
  undo(order: OrderRef): Promise<OrderFacts>;
}

export type Saga = readonly Step[];

/** A step that customers takes in one transaction; one that the network has to answer waits for its signal. */
export const step = (
  name: string,
  { phase = 'effective', final = false }: Partial<Pick<OrderStepPlan, 'phase' | 'final'>> = {},
): Step => ({
  step: name,
  phase,
  final,
  take: (order) => orders.takeOrderStep({ ...order, step: name }),
  undo: (order) => orders.undoOrderStep({ ...order, step: name }),
});
