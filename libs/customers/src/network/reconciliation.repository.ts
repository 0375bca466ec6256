import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type ReconciliationRow, Reconciliations } from './reconciliation.schema';

@Injectable()
export class ReconciliationRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, runId: string): Promise<ReconciliationRow | null> {
    return this.rows(tenantId).findOne({ _id: runRowId(tenantId, runId) });
  }

  findOpen(tenantId: string): Promise<ReconciliationRow | null> {
    return this.rows(tenantId).findOne(
      { state: { $in: ['wanted', 'running'] } },
      { sort: { wantedAt: 1, _id: 1 } },
    );
  }

  /** A run that is there already stays as it is. */
  async insert(
    tenantId: string,
    runId: string,
    wanted: { wantedBy: string; wantedAt: Instant },
  ): Promise<void> {
    const fresh = { runId, state: 'wanted', endedAt: null, after: null, tries: 0, detail: '' };
    const counts = { listed: 0, ours: 0, ghostSims: 0, orphanSims: 0, differing: 0 };
    await this.rows(tenantId).updateOne(
      { _id: runRowId(tenantId, runId) },
      { $setOnInsert: { ...fresh, ...wanted, counts } },
      { upsert: true },
    );
  }

  async update(tenantId: string, runId: string, change: Partial<ReconciliationRow>): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: runRowId(tenantId, runId) }, { $set: change });
  }

  /** Newest first. */
  async page(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<ReconciliationRow[]> {
    const after = startingAfter ? await this.find(tenantId, startingAfter) : null;
    const filter = after
      ? {
          $or: [{ wantedAt: { $lt: after.wantedAt } }, { wantedAt: after.wantedAt, _id: { $lt: after._id } }],
        }
      : {};
    return this.rows(tenantId).find(filter, { sort: { wantedAt: -1, _id: -1 }, limit });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Reconciliations);
  }
}

const runRowId = (tenantId: string, runId: string): string => `${tenantId}/${runId}`;
