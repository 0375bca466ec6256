import { Injectable } from '@nestjs/common';
import type { UsageCounts } from '@tollkeeper/contracts';
import {
  advanceImport,
  completeImport,
  type ImportStep,
  newestImports,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { UsageImports, type UsageImportRow, UsageRejects, type UsageRejectRow } from './usage-import.schema';

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
    return this.imports(tenantId).findOne({ contentKey: { $type: 'string', $eq: contentKey } });
  }

  list(tenantId: string, after: UsageImportRow | null, limit: number): Promise<UsageImportRow[]> {
    return newestImports(this.imports(tenantId), after, limit);
  }

  advance(tenantId: string, importId: string, step: ImportStep<UsageCounts>): Promise<UsageImportRow> {
    return advanceImport(this.imports(tenantId), importId, step);
  }

  complete(tenantId: string, importId: string, from: number): Promise<void> {
    return completeImport(this.imports(tenantId), importId, from);
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
