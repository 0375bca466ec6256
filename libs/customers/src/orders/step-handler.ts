import type { Instant } from '@tollkeeper/calendar';
import type { OrderRow, OrderStepRow } from './order.schema';

export interface StepContext {
  tenantId: string;
  at: Instant;
  order: OrderRow;
  step: OrderStepRow;
}

/** `waiting`: asked for; the step is taken again, as it is then, when there is news. */
export type StepResult = { state: 'done' } | { state: 'waiting'; error: string; networkKeys: string[] };

/** Both run inside the transaction that writes how far the order is. A Problem that is thrown is a refusal. */
export interface StepHandler {
  take(context: StepContext): Promise<StepResult>;
  undo?(context: StepContext): Promise<void>;
}

export const done: StepResult = { state: 'done' };

/** A step that is all done when it returns. */
export const atOnce = (
  take: (context: StepContext) => Promise<void>,
  undo?: (context: StepContext) => Promise<void>,
): StepHandler => ({
  take: async (context) => {
    await take(context);
    return done;
  },
  ...(undo ? { undo } : {}),
});

export function wantedOf<Key extends keyof OrderRow['wanted']>(
  { _id, wanted }: OrderRow,
  key: Key,
): NonNullable<OrderRow['wanted'][Key]> {
  const value = wanted[key];
  if (value === undefined || value === null) throw new Error(`order ${_id} does not say its ${key}`);
  return value;
}
