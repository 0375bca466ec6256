import { HttpException, Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { OrderFacts, OrderRef, OrderStepPlan } from '@tollkeeper/contracts';
import { Problem, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { ended, refused, withStep } from '../domain/order-progress';
import { TimelineRepository } from '../accounts/timeline.repository';
import { OrderRepository } from './order.repository';
import type { OrderRow, OrderStepRow } from './order.schema';
import { StepHandlers } from './step-handlers.service';

type StepRef = OrderRef & { step: string };

const timelineOf = { completed: 'orderCompleted', failed: 'orderUndone', cancelled: 'orderCancelled' };

/** What an order's process does to its row: a step and the word that it is done are one transaction. */
@Injectable()
export class OrderBook {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly orders: OrderRepository,
    private readonly handlers: StepHandlers,
    private readonly timeline: TimelineRepository,
  ) {}

  async load({ tenantId, orderId }: OrderRef): Promise<OrderFacts> {
    return factsOf(await this.require(tenantId, orderId));
  }

  open({ steps, ...ref }: OrderRef & { steps: OrderStepPlan[] }): Promise<OrderFacts> {
    return this.change(ref, (order) =>
      order.steps.length > 0 ? order : { ...order, steps: steps.map(pendingStep) },
    );
  }

  async take({ step: name, ...ref }: StepRef): Promise<OrderFacts> {
    const { tenantId, at } = ref;
    const taken = this.change(ref, async (order) => {
      const step = stepOf(order, name);
      if (!mayTake(order, step, at)) return order;
      const { state, ...more } = await this.handlers.of(name).take({ tenantId, at, order, step });
      const change = { state, error: null, waitsUntil: null, networkKeys: [], ...more };
      return withStep(order, name, change, at);
    });
    return taken.catch(async (error: unknown) => {
      const why = refusalOf(error);
      if (!why) throw error;
      return this.change(ref, (order) => this.refuse(tenantId, order, name, why, at));
    });
  }

  /** A step that another service takes, unless there is nothing to take: then it is done here. */
  async takeWhenNothingIsDue<Due>(
    ref: OrderRef,
    name: string,
    dueOf: (order: OrderRow) => Promise<Due | null>,
  ): Promise<{ due: Due | null; facts: OrderFacts }> {
    let due: Due | null = null;
    const facts = await this.change(ref, async (order) => {
      due = null;
      if (!mayTake(order, stepOf(order, name), ref.at)) return order;
      due = await dueOf(order);
      return due ? order : withStep(order, name, { state: 'done', error: null, waitsUntil: null }, ref.at);
    });
    return { due, facts };
  }

  undo({ step: name, ...ref }: StepRef): Promise<OrderFacts> {
    const { tenantId, at } = ref;
    return this.change(ref, async (order) => {
      const step = stepOf(order, name);
      if (order.direction !== 'back' || step.state === 'undone') return order;
      await this.handlers.of(name).undo?.({ tenantId, at, order, step });
      return withStep(order, name, { state: 'undone', error: null, waitsUntil: null, networkKeys: [] }, at);
    });
  }

  record({
    step: name,
    attempt,
    state,
    code,
    reason,
    waitsUntil,
    final,
    ...ref
  }: Parameters<import('@tollkeeper/contracts').OrderActivities['recordOrderStep']>[0]): Promise<OrderFacts> {
    const { tenantId, at } = ref;
    return this.change(ref, (order) => {
      const step = stepOf(order, name);
      if (!order.open || step.attempt !== attempt || (step.state !== 'pending' && step.state !== 'waiting'))
        return order;
      if (state === 'refused')
        return this.refuse(tenantId, order, name, { code: code ?? state, reason: reason ?? state }, at);
      return withStep(order, name, { state, error: reason, waitsUntil, final: final ?? step.final }, at);
    });
  }

  close(ref: OrderRef): Promise<OrderFacts> {
    const { tenantId, at } = ref;
    return this.change(ref, async (order) => {
      if (!order.open) return order;
      const { _id: orderId, kind, accountId, subscriptionId, endsAs } = order;
      const details = { orderId, kind, subscriptionId };
      await this.timeline.record(tenantId, [{ accountId, at, what: timelineOf[endsAs], details }]);
      return ended(order, at);
    });
  }

  private async refuse(
    tenantId: string,
    order: OrderRow,
    step: string,
    why: { code: string; reason: string },
    at: Instant,
  ): Promise<OrderRow> {
    const { _id: orderId, kind, accountId, subscriptionId } = order;
    const details = { orderId, kind, subscriptionId, step, ...why };
    await this.timeline.record(tenantId, [{ accountId, at, what: 'orderHeld', details }]);
    return refused(order, step, why, at);
  }

  /** The row as it is after; a change that returns it as it was writes nothing. */
  private change(
    { tenantId, orderId }: OrderRef,
    change: (order: OrderRow) => OrderRow | Promise<OrderRow>,
  ): Promise<OrderFacts> {
    return this.db.transaction(async () => {
      const before = await this.require(tenantId, orderId);
      const after = await change(before);
      if (after !== before) await this.orders.replace(tenantId, after);
      return factsOf(after);
    });
  }

  async require(tenantId: string, orderId: string): Promise<OrderRow> {
    const order = await this.orders.find(tenantId, orderId);
    if (!order) throw refusal('orderUnknown', `there is no order ${orderId}`);
    return order;
  }
}

const pendingStep = (plan: OrderStepPlan): OrderStepRow => ({
  ...plan,
  state: 'pending',
  attempt: 1,
  error: null,
  waitsUntil: null,
  at: null,
  networkKeys: [],
});

function stepOf({ _id, steps }: OrderRow, name: string): OrderStepRow {
  const step = steps.find((each) => each.step === name);
  if (!step) throw new Error(`order ${_id} has no step ${name}`);
  return step;
}

/** Those before it are done; nobody has turned the order back or put it on hold meanwhile. */
function mayTake({ open, direction, state, effectiveAt, steps }: OrderRow, step: OrderStepRow, at: Instant) {
  const before = steps.slice(0, steps.indexOf(step));
  return (
    open &&
    direction === 'forward' &&
    state !== 'held' &&
    (step.state === 'pending' || step.state === 'waiting') &&
    (step.phase === 'atOnce' || effectiveAt <= at) &&
    before.every((each) => each.state === 'done')
  );
}

/** What a person would be answered at a door is what holds the order up; everything else is tried again. */
function refusalOf(error: unknown): { code: string; reason: string } | null {
  if (!(error instanceof HttpException) || error.getStatus() >= 500) return null;
  if (!(error instanceof Problem)) return { code: 'refused', reason: error.message };
  return { code: error.problem.code, reason: error.problem.detail };
}

export const factsOf = ({ state, direction, effectiveAt, steps }: OrderRow): OrderFacts => ({
  state,
  direction,
  effectiveAt,
  steps: steps.map(({ at: _, networkKeys: __, ...facts }) => facts),
});
