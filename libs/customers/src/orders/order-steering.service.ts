import { Injectable } from '@nestjs/common';
import { orderProcessIdOf, orderSignals } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { TimelineRepository } from '../accounts/timeline.repository';
import { objectionTo, retried, type Steering, turnedBack } from '../domain/order-progress';
import { OrderRepository } from './order.repository';
import type { OrderRow } from './order.schema';

const signalOf = {
  retry: orderSignals.retryOrder,
  undo: orderSignals.undoOrder,
  cancel: orderSignals.cancelOrder,
};

/** People's wishes are written into the order's row; the signal only says that there is something to read. */
@Injectable()
export class OrderSteering {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly orders: OrderRepository,
    private readonly timeline: TimelineRepository,
  ) {}

  async steer(principal: Principal, orderId: string, wish: Steering, reason: string): Promise<OrderRow> {
    const { tenantId, name } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const before = await this.orders.find(tenantId, orderId);
      if (!before) throw notFound('order', orderId);
      const objection = objectionTo(wish, before);
      if (objection) throw conflict(objection.code, objection.detail, objection.hint);
      const after = wish === 'retry' ? retried(before, at) : turnedBack(before);
      await this.orders.replace(tenantId, after);
      const { accountId, kind } = after;
      await this.audit.record(principal, {
        at,
        what: `${wish}Order`,
        entity: orderId,
        before: { state: before.state, held: before.held },
        after: { state: after.state },
        reason,
      });
      const details = { orderId, kind, reason, by: name };
      await this.timeline.record(tenantId, [{ accountId, at, what: `${wish}Order`, details }]);
      const event = { eventId: newId('evt'), at, by: name, reason };
      await this.outbox.signal(tenantId, orderProcessIdOf(tenantId, orderId), signalOf[wish], event);
      return after;
    });
  }
}
