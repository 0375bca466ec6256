import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type OneOffChargeRow, OneOffCharges, type OneOffChargeState } from './one-off-charge.schema';

interface OneOffChargeFilter {
  accountId?: string;
  subscriptionId?: string;
  state?: OneOffChargeState;
}

@Injectable()
export class OneOffChargeRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insert(tenantId: string, row: OneOffChargeRow): Promise<void> {
    await this.charges(tenantId).insertOne(row);
  }

  find(tenantId: string, placedChargeId: string): Promise<OneOffChargeRow | null> {
    return this.charges(tenantId).findOne({ _id: placedChargeId });
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: OneOffChargeFilter,
    limit: number,
    startingAfter?: string,
  ): Promise<OneOffChargeRow[]> {
    const last = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const older = last
      ? { $or: [{ placedAt: { $lt: last.placedAt } }, { placedAt: last.placedAt, _id: { $lt: last._id } }] }
      : {};
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return this.charges(tenantId).find({ ...given, ...older }, { sort: { placedAt: -1, _id: -1 }, limit });
  }

  /** What the bills of a cut-off charge: all that is not billed, and what this very cut-off billed. */
  async dueBefore(tenantId: string, accountIds: string[], cutOffOn: LocalDate): Promise<OneOffChargeRow[]> {
    const filter = {
      accountId: { $in: accountIds },
      on: { $lt: cutOffOn },
      $or: [{ state: 'placed' }, { state: 'billed', 'billedBy.periodTo': cutOffOn }],
    };
    return this.charges(tenantId).find(filter, { sort: { accountId: 1, on: 1, _id: 1 } });
  }

  async cancelledOf(tenantId: string, placedChargeIds: string[]): Promise<Set<string>> {
    const filter = { _id: { $in: placedChargeIds }, state: 'cancelled' };
    const rows = await this.charges(tenantId).find(filter, { projection: { _id: 1 } });
    return new Set(rows.map(({ _id }) => _id));
  }

  async cancel(tenantId: string, placedChargeId: string, at: Instant): Promise<boolean> {
    const change = { $set: { state: 'cancelled' as const, cancelledAt: at } };
    const result = await this.charges(tenantId).updateOne({ _id: placedChargeId, state: 'placed' }, change);
    return result.modifiedCount === 1;
  }

  async markBilled(
    tenantId: string,
    billed: { placedChargeId: string; invoiceId: string; periodTo: LocalDate }[],
  ): Promise<void> {
    if (billed.length === 0) return;
    await this.charges(tenantId).bulkWrite(
      billed.map(({ placedChargeId, ...billedBy }) =>
        updateOne({ _id: placedChargeId }, { $set: { state: 'billed', billedBy } }),
      ),
    );
  }

  private charges(tenantId: string) {
    return this.db.tenant(tenantId).collection(OneOffCharges);
  }
}
