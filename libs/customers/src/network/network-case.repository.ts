import { Injectable } from '@nestjs/common';
import type { NetworkCaseKind } from '@tollkeeper/contracts';
import { newId, ServiceDatabase, updateOne, upsertOne } from '@tollkeeper/platform';
import { type NetworkCaseRow, NetworkCases } from './network-case.schema';

type NewCase = Pick<
  NetworkCaseRow,
  'kind' | 'iccid' | 'subscriptionId' | 'accountId' | 'orderKey' | 'detail' | 'openedAt'
>;

export interface CaseFilter {
  state?: NetworkCaseRow['state'];
  kind?: NetworkCaseKind;
  accountId?: string;
}

@Injectable()
export class NetworkCaseRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** A SIM has one open case of a kind: another finding is told to that one. */
  async open(tenantId: string, cases: NewCase[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      cases.map(({ kind, iccid, detail, orderKey, ...rest }) =>
        upsertOne(
          { kind, iccid, state: 'open' },
          {
            $set: { detail, orderKey },
            $setOnInsert: {
              _id: newId('nca'),
              ...rest,
              retries: 0,
              resolvedAt: null,
              resolvedBy: null,
              reason: null,
            },
          },
        ),
      ),
    );
  }

  /** A later order takes the place of the one that a case waits for. */
  async follow(tenantId: string, orders: { iccid: string; key: string }[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      orders.map(({ iccid, key }) => ({
        updateMany: { filter: { iccid, state: 'open' }, update: { $set: { orderKey: key } } },
      })),
    );
  }

  async resolve(
    tenantId: string,
    filter: { _id?: string; iccid?: string; kind?: NetworkCaseKind; orderKey?: { $in: string[] } },
    ending: Pick<NetworkCaseRow, 'resolvedAt' | 'resolvedBy' | 'reason'>,
  ): Promise<void> {
    await this.rows(tenantId).updateMany(
      { ...filter, state: 'open' },
      { $set: { state: 'resolved', ...ending } },
    );
  }

  find(tenantId: string, caseId: string): Promise<NetworkCaseRow | null> {
    return this.rows(tenantId).findOne({ _id: caseId });
  }

  openBetween(tenantId: string, kinds: NetworkCaseKind[], iccid: object): Promise<NetworkCaseRow[]> {
    return this.rows(tenantId).find({ state: 'open', kind: { $in: kinds }, iccid });
  }

  openOf(tenantId: string, iccids: string[]): Promise<NetworkCaseRow[]> {
    return this.rows(tenantId).find({ state: 'open', iccid: { $in: iccids } });
  }

  async countRetry(tenantId: string, caseId: string): Promise<void> {
    await this.rows(tenantId).bulkWrite([updateOne({ _id: caseId }, { $inc: { retries: 1 } })]);
  }

  /** Newest first. */
  async page(
    tenantId: string,
    { limit, startingAfter, ...filter }: CaseFilter & { limit: number; startingAfter?: string },
  ): Promise<NetworkCaseRow[]> {
    const after = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const beyond = after
      ? {
          $or: [{ openedAt: { $lt: after.openedAt } }, { openedAt: after.openedAt, _id: { $lt: after._id } }],
        }
      : {};
    return this.rows(tenantId).find({ ...filter, ...beyond }, { sort: { openedAt: -1, _id: -1 }, limit });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(NetworkCases);
  }
}
