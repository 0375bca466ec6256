import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { replaceOrInsert, ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { NetworkCases } from './network-case.schema';
import { NetworkOrders, openStates } from './network-order.schema';
import { NetworkStates, type NetworkStateRow, TakenSteps, type TakenStepRow } from './network.schema';

@Injectable()
export class NetworkRepository {
  constructor(private readonly db: ServiceDatabase) {}

  findStates(tenantId: string, iccids: string[]): Promise<NetworkStateRow[]> {
    return this.states(tenantId).find({ _id: { $in: iccids.map((iccid) => stateId(tenantId, iccid)) } });
  }

  statesMatching(tenantId: string, iccid: object): Promise<NetworkStateRow[]> {
    return this.states(tenantId).find({ iccid });
  }

  async saveStates(tenantId: string, rows: NetworkStateRow[]): Promise<void> {
    await this.states(tenantId).bulkWrite(rows.map((row) => replaceOrInsert({ _id: row._id }, { ...row })));
  }

  /** An order that a later one has replaced confirms nothing. */
  async confirm(
    tenantId: string,
    orders: { key: string; iccid: string; desired: string; replaces: { iccid: string }[] }[],
    at: Instant,
  ): Promise<void> {
    const confirmed = orders.flatMap(({ key, iccid, desired, replaces }) => [
      { key, iccid, desired },
      ...replaces.map((card) => ({ key, iccid: card.iccid, desired: 'deactivated' })),
    ]);
    await this.states(tenantId).bulkWrite(
      confirmed.map(({ key, iccid, desired }) =>
        updateOne(
          { _id: stateId(tenantId, iccid), orderKey: key },
          { $set: { confirmed: desired, confirmedKey: key, confirmedAt: at } },
        ),
      ),
    );
  }

  statesOf(tenantId: string, accountId: string): Promise<NetworkStateRow[]> {
    return this.states(tenantId).find({ accountId }, { sort: { _id: 1 } });
  }

  /** Another account holds the subscription, with what is still open about its SIMs. */
  async handOver(tenantId: string, subscriptionId: string, accountId: string): Promise<void> {
    const { collection } = this.db.tenant(tenantId);
    const holder = { $set: { accountId } };
    await this.states(tenantId).updateMany({ subscriptionId }, holder);
    await collection(NetworkOrders).updateMany({ subscriptionId, state: { $in: openStates } }, holder);
    await collection(NetworkCases).updateMany({ subscriptionId, state: 'open' }, holder);
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

export const stateId = (tenantId: string, iccid: string): string => `${tenantId}/${iccid}`;
