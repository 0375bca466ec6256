import { Injectable } from '@nestjs/common';
import type { SubscriberImportCounts } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import {
  SubscriberImportErrors,
  type SubscriberImportErrorRow,
  SubscriberImports,
  type SubscriberImportRow,
} from './subscriber-import.schema';

/** How far a batch moves its import, and what its lines add to the counts. */
export interface ImportStep {
  from: number;
  offsetBytes: number;
  linesRead: number;
  counts: SubscriberImportCounts;
}

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
    return this.imports(tenantId).findOne({ contentKey });
  }

  /** Newest first. */
  list(tenantId: string, after: SubscriberImportRow | null, limit: number): Promise<SubscriberImportRow[]> {
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
  ): Promise<SubscriberImportRow> {
    const moved = await this.imports(tenantId).findOneAndUpdate(
      { _id: importId, offsetBytes: from, ...open },
      {
        $set: { state: 'importing', offsetBytes, linesRead },
        $inc: Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count])),
      },
    );
    if (!moved) throw new Error(`subscriber import ${importId} was moved by another worker`);
    return moved;
  }

  async complete(tenantId: string, importId: string, from: number): Promise<void> {
    const standing = { _id: importId, offsetBytes: from, ...open };
    await this.imports(tenantId).updateOne(standing, { $set: { state: 'completed' } });
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
