import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type NetworkOrderRow, NetworkOrders, openStates } from './network-order.schema';

const open = { state: { $in: openStates } };

@Injectable()
export class NetworkOrderRepository {
  constructor(private readonly db: ServiceDatabase) {}

  findMany(tenantId: string, keys: string[]): Promise<NetworkOrderRow[]> {
    return this.rows(tenantId).find({ _id: { $in: keys.map((key) => orderId(tenantId, key)) } });
  }

  insertMany(tenantId: string, rows: NetworkOrderRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows);
  }

  /** Open orders whose next step is due, those never sent before all others. */
  due(tenantId: string, at: Instant, limit: number): Promise<NetworkOrderRow[]> {
    const filter = { ...open, $or: [{ nextAskAt: null }, { nextAskAt: { $lte: at } }] };
    return this.rows(tenantId).find(filter, { sort: { nextAskAt: 1, _id: 1 }, limit });
  }

  async nextDue(tenantId: string): Promise<NetworkOrderRow | null> {
    return this.rows(tenantId).findOne(open, { sort: { nextAskAt: 1 } });
  }

  openOf(tenantId: string, iccids: string[]): Promise<NetworkOrderRow[]> {
    return this.rows(tenantId).find({ ...open, iccid: { $in: iccids } });
  }

  /** Never tried yet: the sweeper will send them by itself, at once. */
  countFresh(tenantId: string): Promise<number> {
    return this.rows(tenantId).count({ ...open, nextAskAt: null });
  }

  /** Changes orders that are still open; one that was superseded meanwhile stays as it is. */
  async updateOpen(
    tenantId: string,
    changes: { key: string; change: Partial<NetworkOrderRow> }[],
  ): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      changes.map(({ key, change }) => updateOne({ _id: orderId(tenantId, key), ...open }, { $set: change })),
    );
  }

  async update(tenantId: string, key: string, change: Partial<NetworkOrderRow>): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: orderId(tenantId, key) }, { $set: change });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(NetworkOrders);
  }
}

export const orderId = (tenantId: string, key: string): string => `${tenantId}/${key}`;
