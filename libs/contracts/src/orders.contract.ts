import type { Instant } from '@tollkeeper/calendar';
import type { DueRenewal } from './customers.contract';

/** What a ProductOrder may ask for: the life of a subscription. */
export const orderKinds = [
  'activation',
  'planChange',
  'addOnChange',
  'suspension',
  'resumption',
  'simSwap',
  'numberChange',
  'portIn',
  'portOut',
  'termination',
  'transfer',
] as const;

export type OrderKind = (typeof orderKinds)[number];

/** TM Forum's states of a ProductOrder. `failed`: given up and undone; `cancelled`: called off before it took effect. */
export const orderStates = [
  'acknowledged',
  'inProgress',
  'held',
  'completed',
  'failed',
  'cancelled',
] as const;

export type OrderState = (typeof orderStates)[number];

/** `waiting`: asked for and not answered yet, by the network or by time. */
export type OrderStepState = 'pending' | 'waiting' | 'done' | 'refused' | 'undone';

/** A step as its process declares it. */
export interface OrderStepPlan {
  step: string;
  /** `atOnce`: when the order is placed; the others when it takes effect. */
  phase: 'atOnce' | 'effective';
  /** Once done it is not undone: a number that has moved on, a service that has ended. */
  final: boolean;
}

export interface OrderStepFacts extends OrderStepPlan {
  state: OrderStepState;
  /** Raised by each retry: what is ordered again outside has a key of its own. */
  attempt: number;
  /** Why it was refused, or what it waits for. */
  error: string | null;
  /** When a step that waits is looked at again; null: when somebody says so. */
  waitsUntil: Instant | null;
}

/** What an order's process reloads before each move. */
export interface OrderFacts {
  state: OrderState;
  /** `back`: someone wants it undone or cancelled. */
  direction: 'forward' | 'back';
  effectiveAt: Instant;
  steps: OrderStepFacts[];
}

export interface OrderRef {
  tenantId: string;
  orderId: string;
  at: Instant;
}

/** Every one of these may run twice: what an order's step does and that it is done are one transaction. */
export interface OrderActivities {
  /** Writes down which steps the order has. */
  openOrder(input: OrderRef & { steps: OrderStepPlan[] }): Promise<OrderFacts>;
  loadOrder(input: OrderRef): Promise<OrderFacts>;
  /** Takes a step, or looks again at one that waits. A refusal puts the order on hold. */
  takeOrderStep(input: OrderRef & { step: string }): Promise<OrderFacts>;
  /** Takes back what a step did; a step that did nothing is undone as well. */
  undoOrderStep(input: OrderRef & { step: string }): Promise<OrderFacts>;
  /** A step that another service took. */
  recordOrderStep(
    input: OrderRef & {
      step: string;
      attempt: number;
      state: 'waiting' | 'done' | 'refused';
      code: string | null;
      reason: string | null;
      waitsUntil: Instant | null;
      /** It can no longer be undone. */
      final?: boolean;
    },
  ): Promise<OrderFacts>;
  /** All steps done: completed. All of them undone: failed, or cancelled when that was wished. */
  closeOrder(input: OrderRef): Promise<OrderFacts>;
  /** What an activation charges first; `null` for plans that are invoiced. */
  firstChargeOf(input: OrderRef): Promise<{ due: DueRenewal | null }>;
  /** Credit that a termination leaves is paid out when the account has no other service. */
  creditToPayOut(input: OrderRef): Promise<{ accountId: string; endedAt: Instant; accountEnds: boolean }>;
}
