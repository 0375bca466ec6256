import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import { type ImportProgress, usageImport } from '@tollkeeper/contracts';
import {
  AuditLog,
  isDuplicateKey,
  type LineBatch,
  newId,
  notFound,
  Outbox,
  type Principal,
  readLineBatches,
  refusal,
  ServiceDatabase,
  Storage,
} from '@tollkeeper/platform';
import {
  type ColumnOrder,
  isPartial,
  partsOfUsage,
  type SessionRules,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { AccountService, type LearnedKnowledge } from '../accounts/account.service';
import { countsOf, noCounts, readLines, recordsOf, sortOut, usageRows } from './import-batch';
import { RatingSettingsService } from '../settings/rating-settings.service';
import { callPartId } from './take-partials';
import { readUsageHeader, storeUsageFile } from './usage-file';
import { UsageImportRepository } from './usage-import.repository';
import type { UsageImportRow } from './usage-import.schema';
import { UsageRatingService } from '../usage/usage-rating.service';
import { UsageRepository } from '../usage/usage.repository';
import type { UsageRow } from '../usage/usage.schema';
import { UsageSessionService } from '../sessions/usage-session.service';
import { WholesaleService } from '../wholesale/wholesale.service';

const linesPerBatch = 2_000;
const futureToleranceDays = 1;

export interface ImportInput {
  tenantId: string;
  importId: string;
  at: Instant;
  budgetMs: number;
}

interface BatchContext extends ImportInput {
  order: ColumnOrder;
  known: LearnedKnowledge;
  rules: SessionRules;
}

@Injectable()
export class UsageImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly storage: Storage,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly imports: UsageImportRepository,
    private readonly usages: UsageRepository,
    private readonly rating: UsageRatingService,
    private readonly accounts: AccountService,
    private readonly sessions: UsageSessionService,
    private readonly settings: RatingSettingsService,
    private readonly wholesale: WholesaleService,
  ) {}

  /** Keeps the file and starts its import; the same content again is the import that it was. */
  async receive(
    principal: Principal,
    fileName: string,
    body: Readable,
    at: Instant,
  ): Promise<{ row: UsageImportRow; isNew: boolean }> {
    const { tenantId } = principal;
    const { file, header } = await storeUsageFile(this.storage, tenantId, body);
    const row: UsageImportRow = {
      _id: newId('imp'),
      fileName,
      file,
      contentKey: file.sha256,
      state: 'received',
      reason: null,
      receivedAt: at,
      receivedBy: `${principal.kind}:${principal.subject}`,
      offsetBytes: header.bytes,
      linesRead: 1,
      counts: noCounts,
    };
    try {
      await this.db.transaction(async () => {
        await this.imports.insert(tenantId, row);
        await this.outbox.start(usageImport, [{ tenantId, at, importId: row._id }]);
        await this.audit.record(principal, {
          at,
          what: 'importUsage',
          entity: row._id,
          after: { fileName, sha256: file.sha256 },
        });
      });
      return { row, isNew: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const earlier = await this.imports.byContent(tenantId, file.sha256);
      if (!earlier) throw error;
      return { row: earlier, isNew: false };
    }
  }

  async load(tenantId: string, importId: string): Promise<UsageImportRow> {
    const row = await this.imports.byId(tenantId, importId);
    if (!row) throw notFound('usage import', importId);
    return row;
  }

  async list(tenantId: string, startingAfter: string | undefined, limit: number): Promise<UsageImportRow[]> {
    const after = startingAfter === undefined ? null : await this.load(tenantId, startingAfter);
    return this.imports.list(tenantId, after, limit);
  }

  async errorsOf(tenantId: string, importId: string, afterLine: number, limit: number) {
    await this.load(tenantId, importId);
    return this.imports.rejectsOf(tenantId, importId, afterLine, limit);
  }

  /** Goes on from the stored offset, batch by batch; each batch is one transaction with its offset and counts. */
  async importUsage(input: ImportInput): Promise<ImportProgress> {
    const row = await this.standing(input.tenantId, input.importId);
    if (row.state === 'completed') return progressOf(row, true);
    const path = this.storage.path(row.file.key);
    const { order } = await readUsageHeader(path);
    const known = await this.accounts.startLearning(input.tenantId);
    const context = { ...input, order, known, rules: await this.settings.rules(input.tenantId) };
    const startedMs = performance.now();
    let current = row;
    for await (const batch of readLineBatches(path, row, linesPerBatch)) {
      current = await this.importBatch(context, current, batch);
      const isSpent = performance.now() - startedMs >= input.budgetMs;
      if (isSpent && current.offsetBytes < row.file.count) return progressOf(current, false);
    }
    await this.imports.complete(input.tenantId, input.importId, current.offsetBytes);
    return progressOf(current, true);
  }

  async failImport(tenantId: string, importId: string, reason: string): Promise<void> {
    await this.standing(tenantId, importId, true);
    await this.imports.fail(tenantId, importId, reason);
  }

  private async standing(tenantId: string, importId: string, evenFailed = false): Promise<UsageImportRow> {
    const row = await this.imports.byId(tenantId, importId);
    if (!row || (row.state === 'failed' && !evenFailed))
      throw refusal('importUnknown', `There is no open usage import ${importId}.`);
    return row;
  }

  private async importBatch(
    context: BatchContext,
    before: UsageImportRow,
    batch: LineBatch,
  ): Promise<UsageImportRow> {
    const { tenantId, importId, order, at, known } = context;
    const lines = readLines(batch.lines, order, addDuration(at, { days: futureToleranceDays }));
    const records = recordsOf(lines);
    await this.accounts.learn(tenantId, known, records);
    const partials = records.filter(isPartial);
    return this.db.transaction(async () => {
      const ids = await this.usages.takenIds(
        tenantId,
        records.map(({ recordId }) => recordId),
      );
      const inSessions = await this.sessions.taken(tenantId, partials);
      const { fresh, rejects } = sortOut(importId, lines, {
        ids: new Set([...ids, ...inSessions.ids]),
        sequences: inSessions.sequences,
      });
      const wholes = fresh.filter((record) => !isPartial(record));
      const rows = await this.ratedRows(context, wholes);
      const interim = fresh.filter(isPartial);
      await this.sessions.take(tenantId, { importId, at }, interim, known);
      await this.wholesale.rate(tenantId, rows, known.catalog);
      const { offsetBytes, linesRead } = batch;
      const counts = countsOf(rows, rejects, interim.length);
      const moved = await this.imports.advance(tenantId, importId, {
        from: before.offsetBytes,
        offsetBytes,
        linesRead,
        counts,
      });
      await this.usages.insert(tenantId, rows);
      await this.imports.insertRejects(tenantId, rejects);
      return moved;
    });
  }

  /** Whole calls and sessions, or the parts of those that cross an edge where the settings split them. */
  private async ratedRows(
    { tenantId, importId, known, rules, at }: BatchContext,
    records: readonly UsageRecord[],
  ): Promise<UsageRow[]> {
    const parts = records.map((record) => partsOfUsage(record, known, rules, callPartId));
    const columns = await this.rating.rate(tenantId, parts.flat(), known, at);
    return parts.flatMap(([first, ...more]) => [
      ...usageRows(tenantId, importId, first ? [first] : [], columns),
      ...usageRows(tenantId, importId, more, columns).map((row) => ({
        ...row,
        partOf: first?.recordId ?? '',
      })),
    ]);
  }
}

const progressOf = ({ _id, counts }: UsageImportRow, done: boolean): ImportProgress => ({
  importId: _id,
  done,
  counts,
});
