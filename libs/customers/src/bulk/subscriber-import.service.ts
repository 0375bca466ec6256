import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { subscriberImport, type SubscriberImportProgress } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  isDuplicateKey,
  type LineBatch,
  newId,
  notFound,
  Outbox,
  type Page,
  pageOf,
  type Principal,
  readFirstLine,
  readLineBatches,
  refusal,
  ServiceDatabase,
  splitLine,
  Storage,
  storeUpload,
} from '@tollkeeper/platform';
import { maskLines } from './mask-line';
import { NewSubscribers } from './new-subscribers.service';
import type { RejectedLine } from './sort-new-subscribers';
import { SubscriberChanges } from './subscriber-changes.service';
import { columnNames, readColumns, readLines } from './subscriber-columns';
import { SubscriberImportRepository } from './subscriber-import.repository';
import type {
  SubscriberFileKind,
  SubscriberImportErrorRow,
  SubscriberImportRow,
} from './subscriber-import.schema';

const linesPerBatch = 500;
const mostFileBytes = 256 * 1024 * 1024;

interface ImportInput {
  tenantId: string;
  importId: string;
  at: Instant;
  budgetMs: number;
}

@Injectable()
export class SubscriberImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly storage: Storage,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly imports: SubscriberImportRepository,
    private readonly newSubscribers: NewSubscribers,
    private readonly changes: SubscriberChanges,
  ) {}

  /** Keeps the file and starts its import; the same content again is the import that it was. */
  async receive(
    principal: Principal,
    { kind, fileName }: { kind: SubscriberFileKind; fileName: string },
    body: Readable,
    at: Instant,
  ): Promise<{ row: SubscriberImportRow; isNew: boolean }> {
    const { tenantId } = principal;
    const place = {
      tenantId,
      folder: 'subscribers',
      mostBytes: mostFileBytes,
      hint: 'Split it: an account or subscription that is there is not created again.',
      rewrite: maskLines(),
    };
    const { file, header } = await storeUpload(this.storage, place, body, (path) => headerOf(kind, path));
    const row: SubscriberImportRow = {
      _id: newId('imp'),
      kind,
      fileName,
      file,
      contentKey: `${kind}/${file.sha256}`,
      state: 'received',
      reason: null,
      receivedAt: at,
      receivedBy: `${principal.kind}:${principal.subject}`,
      receivedByName: principal.name,
      offsetBytes: header.bytes,
      linesRead: 1,
      counts: { lines: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 },
    };
    try {
      await this.db.transaction(async () => {
        await this.imports.insert(tenantId, row);
        await this.outbox.start(subscriberImport, [{ tenantId, at, importId: row._id }]);
        await this.audit.record(principal, {
          at,
          what: 'importSubscribers',
          entity: row._id,
          after: { kind, fileName, sha256: file.sha256 },
        });
      });
      return { row, isNew: true };
    } catch (error) {
      const earlier = isDuplicateKey(error) && (await this.imports.byContent(tenantId, row.contentKey ?? ''));
      if (!earlier) throw error;
      return { row: earlier, isNew: false };
    }
  }

  async load(tenantId: string, importId: string): Promise<SubscriberImportRow> {
    const row = await this.imports.byId(tenantId, importId);
    if (!row) throw notFound('subscriber import', importId);
    return row;
  }

  async page(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<Page<SubscriberImportRow>> {
    const after = startingAfter === undefined ? null : await this.load(tenantId, startingAfter);
    return pageOf(await this.imports.list(tenantId, after, limit + 1), limit);
  }

  async errorsPage(
    tenantId: string,
    importId: string,
    { limit, after }: { limit: number; after: { lineNumber: number; findingNo: number } | null },
  ): Promise<Page<SubscriberImportErrorRow>> {
    await this.load(tenantId, importId);
    return pageOf(await this.imports.errorsOf(tenantId, importId, { after, limit: limit + 1 }), limit);
  }

  async errors(tenantId: string, importId: string): Promise<AsyncIterable<SubscriberImportErrorRow>> {
    await this.load(tenantId, importId);
    return this.imports.streamErrors(tenantId, importId);
  }

  /** Goes on from the stored offset, batch by batch; each batch is one transaction with its offset and counts. */
  async importSubscribers(input: ImportInput): Promise<SubscriberImportProgress> {
    const { tenantId, importId, budgetMs } = input;
    const row = await this.standing(tenantId, importId);
    if (row.state === 'completed') return progressOf(row, true);
    const path = this.storage.path(row.file.key);
    const { columns } = await headerOf(row.kind, path);
    const startedMs = performance.now();
    let current = row;
    for await (const batch of readLineBatches(path, row, linesPerBatch)) {
      current = await this.importBatch(input, columns, current, batch);
      const isSpent = performance.now() - startedMs >= budgetMs;
      if (isSpent && current.offsetBytes < row.file.count) return progressOf(current, false);
    }
    await this.imports.complete(tenantId, importId, current.offsetBytes);
    return progressOf(current, true);
  }

  async fail({ tenantId, importId, reason }: { tenantId: string; importId: string; reason: string }) {
    await this.imports.fail(tenantId, importId, reason);
  }

  private async standing(tenantId: string, importId: string): Promise<SubscriberImportRow> {
    const row = await this.imports.byId(tenantId, importId);
    if (!row || row.state === 'failed')
      throw refusal('importUnknown', `There is no open subscriber import ${importId}.`);
    return row;
  }

  private importBatch(
    { tenantId, importId, at }: ImportInput,
    columns: readonly string[],
    before: SubscriberImportRow,
    { lines, offsetBytes, linesRead }: LineBatch,
  ): Promise<SubscriberImportRow> {
    return this.db.transaction(async () => {
      const { counts, rejected } =
        before.kind === 'changes'
          ? await this.changes.take(tenantId, at, before, readLines(lines, columns))
          : await this.newSubscribers.take({ tenantId, importId, at }, readLines(lines, columns));
      await this.imports.insertErrors(tenantId, errorRows(importId, rejected));
      const step = { from: before.offsetBytes, offsetBytes, linesRead, counts };
      return this.imports.advance(tenantId, importId, step);
    });
  }
}

async function headerOf(
  kind: SubscriberFileKind,
  path: string,
): Promise<{ columns: string[]; bytes: number }> {
  const { text, bytes } = await readFirstLine(path);
  const read = readColumns(kind, splitLine(text) ?? []);
  if ('problem' in read)
    throw badInput(
      'header',
      `The first line does not name the columns of such a file: ${read.problem}.`,
      `Known columns: ${columnNames(kind).join(', ')}.`,
    );
  return { ...read, bytes };
}

const errorRows = (importId: string, rejected: readonly RejectedLine[]): SubscriberImportErrorRow[] =>
  rejected.flatMap(({ lineNumber, findings }) =>
    findings.map(({ field, reason }, findingNo) => ({
      _id: `${importId}/${lineNumber}/${findingNo}`,
      importId,
      lineNumber,
      findingNo,
      field,
      reason,
    })),
  );

const progressOf = ({ _id, counts }: SubscriberImportRow, done: boolean): SubscriberImportProgress => ({
  importId: _id,
  done,
  counts,
});
