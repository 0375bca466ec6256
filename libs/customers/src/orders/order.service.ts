import { Injectable } from '@nestjs/common';
import { order as orderProcess } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  notFound,
  Outbox,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { TimelineRepository } from '../accounts/timeline.repository';
import { OrderChecks } from './order-checks.service';
import { type OrderFilter, OrderRepository } from './order.repository';
import type { OrderRow } from './order.schema';
import type { NewOrder } from './orders-requests';

/** The door to the life of a subscription: an order is written down, a process carries it out. */
@Injectable()
export class OrderService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly checks: OrderChecks,
    private readonly orders: OrderRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  async place(principal: Principal, wanted: NewOrder): Promise<OrderRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const placed = this.db.transaction(async () => {
      const planned = await this.checks.plan(tenantId, wanted, at);
      await this.refuseWhileUnderWay(tenantId, planned.subscriptionId, wanted.kind);
      const row = newRow(this.orders.newId(), principal, wanted, planned, at);
      await this.orders.insert(tenantId, row);
      const { _id: orderId, kind, accountId, subscriptionId, effectiveAt, reason } = row;
      await this.audit.record(principal, { at, what: 'placeOrder', entity: orderId, after: wanted, reason });
      const details = { orderId, kind, subscriptionId, effectiveAt, by: principal.name };
      await this.timeline.record(tenantId, [{ accountId, at, what: 'orderPlaced', details }]);
      await this.outbox.start(orderProcess, [{ tenantId, at, orderId, kind }]);
      return row;
    });
    return placed.catch((error: unknown) => {
      throw isDuplicateKey(error) ? alreadyOpen(wanted.kind) : error;
    });
  }

  async page(
    tenantId: string,
    filter: OrderFilter,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<Page<OrderRow>> {
    return pageOf(await this.orders.page(tenantId, filter, { limit: limit + 1, startingAfter }), limit);
  }

  async get(tenantId: string, orderId: string): Promise<OrderRow> {
    const row = await this.orders.find(tenantId, orderId);
    if (!row) throw notFound('order', orderId);
    return row;
  }

  /** What is planned for later may be, what is being done has to end first. A port-out waits for nothing. */
  private async refuseWhileUnderWay(tenantId: string, subscriptionId: string, kind: string): Promise<void> {
    const open = await this.orders.openOf(tenantId, subscriptionId);
    const same = open.find((order) => order.kind === kind);
    if (same) throw alreadyOpen(kind, same);
    const underWay = open.find(({ state }) => state !== 'acknowledged');
    if (underWay && kind !== 'portOut') throw alreadyOpen(underWay.kind, underWay);
  }
}

const alreadyOpen = (kind: string, order?: OrderRow) =>
  conflict(
    'orderOpen',
    `A ${kind} of this subscription is ${order ? `${order.state} (${order._id})` : 'open'}.`,
    'Retry, undo or cancel that order first: POST /v1/customers/orders/{orderId}/...',
  );

type Planned = Awaited<ReturnType<OrderChecks['plan']>>;

const newRow = (
  id: string,
  { kind, subject, name }: Principal,
  wanted: NewOrder,
  planned: Planned,
  at: string,
): OrderRow => ({
  _id: id,
  kind: wanted.kind,
  state: planned.effectiveAt > at ? 'acknowledged' : 'inProgress',
  open: true,
  direction: 'forward',
  endsAs: 'completed',
  ...planned,
  placedAt: at,
  by: `${kind}:${subject} (${name})`,
  reason: wanted.reason ?? null,
  steps: [],
  held: null,
  charge: null,
  endedAt: null,
});
