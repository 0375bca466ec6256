import { Injectable } from '@nestjs/common';
import { ObjectId } from 'mongodb';
import type { OrderKind, OrderState } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type OrderRow, Orders } from './order.schema';

export interface OrderFilter {
  accountId?: string;
  subscriptionId?: string;
  state?: OrderState;
  kind?: OrderKind;
}

@Injectable()
export class OrderRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Ascends with time: lists by id are lists by age. */
  newId(): string {
    return `ord_${new ObjectId().toHexString()}`;
  }

  find(tenantId: string, orderId: string): Promise<OrderRow | null> {
    return this.rows(tenantId).findOne({ _id: orderId });
  }

  /** Newest first. */
  page(
    tenantId: string,
    filter: OrderFilter,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<OrderRow[]> {
    const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const after = startingAfter ? { _id: { $lt: startingAfter } } : {};
    return this.rows(tenantId).find({ ...wanted, ...after }, { sort: { _id: -1 }, limit });
  }

  /** Which of these subscriptions something is being done with. */
  async subscriptionsInOrders(tenantId: string, subscriptionIds: string[]): Promise<Set<string>> {
    const rows = await this.rows(tenantId).find({ subscriptionId: { $in: subscriptionIds }, open: true });
    return new Set(rows.flatMap(({ subscriptionId }) => subscriptionId ?? []));
  }

  openOf(tenantId: string, subscriptionId: string): Promise<OrderRow[]> {
    return this.rows(tenantId).find({ subscriptionId, open: true }, { sort: { _id: 1 } });
  }

  /** Services that are about to begin. */
  openActivations(tenantId: string, accountId: string): Promise<OrderRow[]> {
    return this.rows(tenantId).find({ accountId, kind: 'activation', open: true }, { sort: { _id: 1 } });
  }

  insert(tenantId: string, row: OrderRow): Promise<void> {
    return this.rows(tenantId).insertOne(row);
  }

  async replace(tenantId: string, { _id, ...row }: OrderRow): Promise<void> {
    await this.rows(tenantId).updateOne({ _id }, { $set: row });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Orders);
  }
}
