import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type PayLinkRow, PayLinks, type PayLinkState } from './pay-link.schema';

@Injectable()
export class PayLinkRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, row: PayLinkRow): Promise<void> {
    return this.of(tenantId).insertOne(row);
  }

  /** A link by mail is kept when it is first paid by: a repeat finds it. */
  async keep(tenantId: string, { _id, ...row }: PayLinkRow): Promise<void> {
    await this.of(tenantId).updateOne({ _id }, { $setOnInsert: row }, { upsert: true });
  }

  one(tenantId: string, linkId: string): Promise<PayLinkRow | null> {
    return this.of(tenantId).findOne({ _id: linkId });
  }

  /** `null`: it was in another state, or another charge of it is under way. */
  move(
    tenantId: string,
    { _id, state, requestId }: Pick<PayLinkRow, '_id' | 'state' | 'requestId'>,
    to: PayLinkState,
    newRequestId: string | null = requestId,
  ): Promise<PayLinkRow | null> {
    const change = { $set: { state: to, requestId: newRequestId } };
    return this.of(tenantId).findOneAndUpdate({ _id, state, requestId }, change);
  }

  /** Of an account; answers those that are being paid, which are left alone. */
  async revokeOpen(tenantId: string, accountId: string): Promise<string[]> {
    await this.of(tenantId).updateMany({ accountId, state: 'open' }, { $set: { state: 'revoked' } });
    return (await this.of(tenantId).find({ accountId, state: 'paying' })).map(({ _id }) => _id);
  }

  list(
    tenantId: string,
    accountId: string | undefined,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<PayLinkRow[]> {
    const filter = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(startingAfter === undefined ? {} : { _id: { $gt: startingAfter } }),
    };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit: limit + 1 });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(PayLinks);
  }
}
