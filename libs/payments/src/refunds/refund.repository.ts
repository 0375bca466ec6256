import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { openRefundStates, type RefundState } from '../domain/refunds/refund-states';
import { type RefundRow, Refunds } from './refund.schema';

interface RefundFilter {
  accountId?: string;
  state?: RefundState;
}

@Injectable()
export class RefundRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, rows: RefundRow[]): Promise<void> {
    return this.of(tenantId).insertMany(rows);
  }

  one(tenantId: string, refundId: string): Promise<RefundRow | null> {
    return this.of(tenantId).findOne({ _id: refundId });
  }

  byKey(tenantId: string, key: string): Promise<RefundRow | null> {
    return this.of(tenantId).findOne({ key });
  }

  ofRequest(tenantId: string, requestKey: string): Promise<RefundRow[]> {
    return this.of(tenantId).find({ requestKey }, { sort: { key: 1 } });
  }

  /** Account credit that is on its way back, or went so late that the books may not show it yet. */
  creditOnItsWay(tenantId: string, accountId: string, since: Instant): Promise<RefundRow | null> {
    const recent = [{ state: { $in: [...openRefundStates] } }, { decidedAt: { $gt: since } }];
    return this.of(tenantId).findOne({ accountId, of: 'credit', $or: recent });
  }

  /** Stores what has been decided; the caller has read the rows in the same transaction. */
  async decide(tenantId: string, rows: RefundRow[]): Promise<void> {
    await this.of(tenantId).bulkWrite(rows.map(({ _id, ...row }) => updateOne({ _id }, { $set: row })));
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: RefundFilter,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<RefundRow[]> {
    const last = startingAfter === undefined ? null : await this.one(tenantId, startingAfter);
    const { requestedAt, _id } = last ?? {};
    const older = last
      ? { $or: [{ requestedAt: { $lt: requestedAt } }, { requestedAt, _id: { $lt: _id } }] }
      : {};
    return this.of(tenantId).find(
      { ...filter, ...older },
      { sort: { requestedAt: -1, _id: -1 }, limit: limit + 1 },
    );
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Refunds);
  }
}
