import { Injectable } from '@nestjs/common';
import type { SubscriberImportCounts } from '@tollkeeper/contracts';
import {
  advanceImport,
  completeImport,
  type ImportStep,
  newestImports,
  ServiceDatabase,
} from '@tollkeeper/platform';
import {
  SubscriberImportErrors,
  type SubscriberImportErrorRow,
  SubscriberImports,
  type SubscriberImportRow,
} from './subscriber-import.schema';

const open = { state: { $in: ['received', 'importing'] } };
const inFileOrder = { lineNumber: 1, findingNo: 1 } as const;

@Injectable()
export class SubscriberImportRepository {
  constructor(private readonly db: ServiceDatabase) {}

  insert(tenantId: string, row: SubscriberImportRow): Promise<void> {
    return this.imports(tenantId).insertOne(row);
  }

  byId(tenantId: string, importId: string): Promise<SubscriberImportRow | null> {
    return this.imports(tenantId).findOne({ _id: importId });
  }

  byContent(tenantId: string, contentKey: string): Promise<SubscriberImportRow | null> {
    return this.imports(tenantId).findOne({ contentKey: { $type: 'string', $eq: contentKey } });
  }

  /** Newest first. */
  list(tenantId: string, after: SubscriberImportRow | null, limit: number): Promise<SubscriberImportRow[]> {
    return newestImports(this.imports(tenantId), after, limit);
  }

  advance(
    tenantId: string,
    importId: string,
    step: ImportStep<SubscriberImportCounts>,
  ): Promise<SubscriberImportRow> {
    return advanceImport(this.imports(tenantId), importId, step);
  }

  complete(tenantId: string, importId: string, from: number): Promise<void> {
    return completeImport(this.imports(tenantId), importId, from);
  }

  async fail(tenantId: string, importId: string, reason: string): Promise<void> {
    await this.imports(tenantId).updateOne(
      { _id: importId, ...open },
      { $set: { state: 'failed', reason, contentKey: null } },
    );
  }

  insertErrors(tenantId: string, errors: SubscriberImportErrorRow[]): Promise<void> {
    return this.errors(tenantId).insertMany(errors);
  }

  errorsOf(
    tenantId: string,
    importId: string,
    { after, limit }: { after: { lineNumber: number; findingNo: number } | null; limit: number },
  ): Promise<SubscriberImportErrorRow[]> {
    const behind = after && {
      $or: [
        { lineNumber: { $gt: after.lineNumber } },
        { lineNumber: after.lineNumber, findingNo: { $gt: after.findingNo } },
      ],
    };
    return this.errors(tenantId).find({ importId, ...behind }, { sort: inFileOrder, limit });
  }

  streamErrors(tenantId: string, importId: string): AsyncIterable<SubscriberImportErrorRow> {
    return this.errors(tenantId).stream({ importId }, { sort: inFileOrder });
  }

  private imports(tenantId: string) {
    return this.db.tenant(tenantId).collection(SubscriberImports);
  }

  private errors(tenantId: string) {
    return this.db.tenant(tenantId).collection(SubscriberImportErrors);
  }
}
