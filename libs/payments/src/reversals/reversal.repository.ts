import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { ReversalState } from '../domain/payment-states';
import { type ReversalRow, Reversals } from './reversal.schema';

@Injectable()
export class ReversalRepository {
  constructor(private readonly database: ServiceDatabase) {}

  one(tenantId: string, reversalId: string): Promise<ReversalRow | null> {
    return this.of(tenantId).findOne({ _id: reversalId });
  }

  async save(tenantId: string, { _id, ...row }: ReversalRow): Promise<void> {
    await this.of(tenantId).updateOne({ _id }, { $set: row }, { upsert: true });
  }

  list(
    tenantId: string,
    { accountId, state }: { accountId?: string; state?: ReversalState },
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<ReversalRow[]> {
    const filter = {
      ...(accountId === undefined ? {} : { accountId }),
      ...(state === undefined ? {} : { state }),
      ...(startingAfter === undefined ? {} : { _id: { $gt: startingAfter } }),
    };
    return this.of(tenantId).find(filter, { sort: { _id: 1 }, limit: limit + 1 });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Reversals);
  }
}
