import { defineSignal } from '@temporalio/workflow';
import type { OrderFacts, OrderKind } from './orders.contract';
import { defineProcess, defineProgress, type ProcessEvent, type ProcessInput } from './process';

/** One ProductOrder, from its acknowledgement to its end: a saga whose steps are undone in reverse order. */
export interface OrderInput extends ProcessInput {
  orderId: string;
  kind: OrderKind;
}

export const orderProcessIdOf = (tenantId: string, orderId: string): string => `order/${tenantId}/${orderId}`;

export const order = defineProcess<OrderInput>({
  workflow: 'order',
  reuse: 'once',
  rank: 'order',
  id: ({ tenantId, orderId }) => orderProcessIdOf(tenantId, orderId),
});

/** All of these only say "look again": the order's row says what is wanted. */
export const orderSignals = {
  retryOrder: defineSignal<[ProcessEvent]>('retryOrder'),
  undoOrder: defineSignal<[ProcessEvent]>('undoOrder'),
  cancelOrder: defineSignal<[ProcessEvent]>('cancelOrder'),
} as const;

export interface OrderProgress {
  orderId: string;
  facts: OrderFacts | null;
  /** What it waits for: an instant, or news (`null`). */
  waits: { until: string | null } | null;
}

export const orderProgress = defineProgress<OrderProgress>('orderProgress');
