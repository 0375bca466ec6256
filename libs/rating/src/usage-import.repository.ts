import { Injectable } from '@nestjs/common';
import type { UsageCounts } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { UsageImports, type UsageImportRow, UsageRejects, type UsageRejectRow } from './usage-import.schema';

/** How far a batch moves its import, and what its lines add to the counts. */
export interface ImportStep {
  from: number;
  offsetBytes: number;
  linesRead: number;
  counts: UsageCounts;
}

@Injectable()
export class UsageImportRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insert(tenantId: string, row: UsageImportRow): Promise<void> {
    await this.imports(tenantId).insertOne(row);
  }

  async byId(tenantId: string, importId: string): Promise<UsageImportRow | null> {
    return this.imports(tenantId).findOne({ _id: importId });
  }

  async byContent(tenantId: string, contentKey: string): Promise<UsageImportRow | null> {
    return this.imports(tenantId).findOne({ contentKey });
  }

  async list(tenantId: string, after: UsageImportRow | null, limit: number): Promise<UsageImportRow[]> {
    const older = after && {
      $or: [
        { receivedAt: { $lt: after.receivedAt } },
        { receivedAt: after.receivedAt, _id: { $lt: after._id } },
      ],
    };
    return this.imports(tenantId).find(older ?? {}, { sort: { receivedAt: -1, _id: -1 }, limit });
  }

  /** Fails when someone else moved the import meanwhile: the batch's transaction is given up. */
  async advance(
    tenantId: string,
    importId: string,
    { from, offsetBytes, linesRead, counts }: ImportStep,
  ): Promise<UsageImportRow> {
    const moved = await this.imports(tenantId).findOneAndUpdate(
      { _id: importId, offsetBytes: from, state: { $in: ['received', 'importing'] } },
      {
        $set: { state: 'importing', offsetBytes, linesRead },
        $inc: Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count])),
      },
    );
    if (!moved) throw new Error(`usage import ${importId} was moved by another worker`);
    return moved;
  }

  async complete(tenantId: string, importId: string, from: number): Promise<void> {
    const standing = { _id: importId, offsetBytes: from, state: { $in: ['received', 'importing'] } };
    await this.imports(tenantId).updateOne(standing, { $set: { state: 'completed' } });
  }

  async fail(tenantId: string, importId: string, reason: string): Promise<boolean> {
    const { matchedCount } = await this.imports(tenantId).updateOne(
      { _id: importId, state: { $ne: 'completed' } },
      { $set: { state: 'failed', reason, contentKey: null } },
    );
    return matchedCount > 0;
  }

  /** Records that left suspense move in their import's counts too. */
  async moveOutOfSuspense(tenantId: string, ratedByImport: Map<string, number>): Promise<void> {
    await this.imports(tenantId).bulkWrite(
      [...ratedByImport].map(([importId, rated]) => ({
        updateOne: {
          filter: { _id: importId as never },
          update: { $inc: { 'counts.inSuspense': -rated, 'counts.rated': rated } },
        },
      })),
    );
  }

  async insertRejects(tenantId: string, rejects: UsageRejectRow[]): Promise<void> {
    await this.rejects(tenantId).insertMany(rejects);
  }

  async rejectsOf(
    tenantId: string,
    importId: string,
    afterLine: number,
    limit: number,
  ): Promise<UsageRejectRow[]> {
    return this.rejects(tenantId).find(
      { importId, lineNumber: { $gt: afterLine } },
      { sort: { lineNumber: 1 }, limit },
    );
  }

  private imports(tenantId: string) {
    return this.db.tenant(tenantId).collection(UsageImports);
  }

  private rejects(tenantId: string) {
    return this.db.tenant(tenantId).collection(UsageRejects);
  }
}
