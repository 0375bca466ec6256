import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne, upsertOne } from '@tollkeeper/platform';
import { NetworkStates, type NetworkStateRow, TakenSteps, type TakenStepRow } from './network.schema';

export type NetworkOrder = Pick<
  NetworkStateRow,
  'iccid' | 'subscriptionId' | 'accountId' | 'desired' | 'keepOpen' | 'orderKey'
>;

@Injectable()
export class NetworkRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Writes what is wanted and returns it as it was first written: the same key is the same order to the network. */
  async order(tenantId: string, orders: NetworkOrder[], at: Instant): Promise<NetworkStateRow[]> {
    const idOf = ({ iccid }: NetworkOrder) => `${tenantId}/${iccid}`;
    const ids = orders.map(idOf);
    const before = new Map(
      (await this.states(tenantId).find({ _id: { $in: ids } })).map((row) => [row._id, row.orderKey]),
    );
    const fresh = orders.filter((order) => before.get(idOf(order)) !== order.orderKey);
    await this.states(tenantId).bulkWrite(
      fresh.map((order) =>
        upsertOne(
          { _id: idOf(order) },
          { $set: { ...order, orderedAt: at }, $setOnInsert: { confirmed: null, confirmedAt: null } },
        ),
      ),
    );
    return this.states(tenantId).find({ _id: { $in: ids } }, { sort: { _id: 1 } });
  }

  /** An order that a later one has replaced confirms nothing. */
  async confirm(tenantId: string, orders: NetworkStateRow[], at: Instant): Promise<void> {
    await this.states(tenantId).bulkWrite(
      orders.map(({ _id, orderKey, desired }) =>
        updateOne({ _id, orderKey }, { $set: { confirmed: desired, confirmedAt: at } }),
      ),
    );
  }

  statesOf(tenantId: string, accountId: string): Promise<NetworkStateRow[]> {
    return this.states(tenantId).find({ accountId }, { sort: { _id: 1 } });
  }

  async handOver(tenantId: string, subscriptionId: string, accountId: string): Promise<void> {
    await this.states(tenantId).updateMany({ subscriptionId }, { $set: { accountId } });
  }

  findStep(tenantId: string, key: string): Promise<TakenStepRow | null> {
    return this.steps(tenantId).findOne({ _id: `${tenantId}/${key}` });
  }

  recordStep(tenantId: string, key: string, step: Omit<TakenStepRow, '_id'>): Promise<void> {
    return this.steps(tenantId).insertOne({ _id: `${tenantId}/${key}`, ...step });
  }

  private states(tenantId: string) {
    return this.db.tenant(tenantId).collection(NetworkStates);
  }

  private steps(tenantId: string) {
    return this.db.tenant(tenantId).collection(TakenSteps);
  }
}
