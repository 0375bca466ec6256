import { createHash, type Hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import { statementImport } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  isDuplicateKey,
  newId,
  Outbox,
  type Principal,
  Problem,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CamtReader } from '../domain/statements/read-camt';
import { tellCsv } from '../domain/statements/read-csv';
import { ProfileRepository } from '../payers/profile.repository';
import { BankAccountRepository } from './bank-account.repository';
import { BankEntryRepository } from './bank-entry.repository';
import type { StatementImportRow } from './bank-entry.schema';
import { decodeStatement, StatementDecoder } from './decode-statement';
import { masked, StatementIntake } from './statement-intake';
import { StatementPageRepository } from './statement-page.repository';

const chunkBytes = 65_536;

interface StatementFile {
  /** As they arrive, or all of them. */
  bytes: Buffer | AsyncIterable<Buffer>;
  format: StatementImportRow['format'];
  fileName: string;
  /** Of a CSV file, which does not say whose it is. */
  bankAccountId: string | null;
}

interface Received {
  row: StatementImportRow;
  isNew: boolean;
}

interface UnderWay {
  tenantId: string;
  importId: string;
  file: StatementFile;
  intake: StatementIntake;
  hash: Hash;
  stored: { pages: number; entries: number };
}

/**
 * A file of a bank is taken whole or not at all; what an earlier file brought is known by the bank's own references. Its
 * entries are stored in pages while it arrives, and are nobody's until the import is there that names them.
 */
@Injectable()
export class StatementImportService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly accounts: BankAccountRepository,
    private readonly entries: BankEntryRepository,
    private readonly pages: StatementPageRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async receive(principal: Principal, file: StatementFile): Promise<Received> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const today = localDateOf(at, (await this.profiles.tenant(tenantId))?.zone ?? 'UTC');
    const importId = newId('bki');
    const accounts = await this.accounts.list(tenantId);
    const intake = new StatementIntake({ importId, at, today, accounts });
    const stored = { pages: 0, entries: 0 };
    const underWay = { tenantId, importId, file, intake, hash: createHash('sha256'), stored };
    try {
      const known = await this.read(underWay);
      if (known) {
        await this.pages.discard(tenantId, importId);
        return { row: known, isNew: false };
      }
      return { row: await this.store(principal, at, underWay), isNew: true };
    } catch (error) {
      // Of any other failure nobody knows whether the import was committed: then its pages are needed.
      if (error instanceof Problem || isDuplicateKey(error)) await this.pages.discard(tenantId, importId);
      const same = isDuplicateKey(error) ? await this.sameFile(underWay) : null;
      if (same) return { row: same, isNew: false };
      throw error;
    }
  }

  /** Returns the import of the same file, if there is one. */
  private async read(underWay: UnderWay): Promise<StatementImportRow | null> {
    const { file, intake } = underWay;
    if (file.format === 'camt.053') await this.readCamt(underWay);
    else {
      const same = await this.readCsv(underWay);
      if (same) return same;
    }
    const same = await this.sameFile(underWay);
    if (same) return same;
    intake.refuse();
    await this.storePages(underWay, true);
    return null;
  }

  private async readCamt(underWay: UnderWay): Promise<void> {
    const { file, intake, hash } = underWay;
    const reader = new CamtReader(intake);
    const decoder = new StatementDecoder();
    for await (const chunk of chunksOf(file.bytes)) {
      hash.update(chunk);
      reader.push(decoder.push(chunk));
      await this.storePages(underWay, false);
    }
    reader.push(decoder.end());
    reader.end();
  }

  private async readCsv(underWay: UnderWay): Promise<StatementImportRow | null> {
    const { tenantId, file, intake, hash } = underWay;
    const chunks: Buffer[] = [];
    for await (const chunk of chunksOf(file.bytes)) chunks.push(chunk);
    for (const chunk of chunks) hash.update(chunk);
    const same = await this.sameFile(underWay);
    if (same) return same;
    const { bankAccountId } = file;
    const own = bankAccountId === null ? null : await this.accounts.one(tenantId, bankAccountId);
    if (!own)
      throw badInput('bankAccountId', 'A CSV file does not say whose it is: name a bank account of yours.');
    if (!own.csv)
      throw badInput('bankAccountId', `How ${own.name} writes CSV is not known.`, 'PUT its columns first.');
    const text = decodeStatement(Buffer.concat(chunks), own.csv.charset);
    tellCsv(text, own.csv, { bankAccount: own.account, currency: own.currency }, intake);
    return null;
  }

  private async storePages({ tenantId, importId, intake, stored }: UnderWay, isLast: boolean): Promise<void> {
    for (let rows = intake.takePage(isLast); rows !== null; rows = intake.takePage(isLast)) {
      const known = await this.entries.known(
        tenantId,
        rows.map(({ keyHash }) => keyHash),
      );
      const fresh = rows.filter(({ keyHash }) => !known.has(keyHash));
      if (fresh.length === 0) continue;
      await this.pages.insert(tenantId, importId, stored.pages, fresh);
      stored.pages += 1;
      stored.entries += fresh.length;
    }
  }

  private async store(
    principal: Principal,
    at: StatementImportRow['receivedAt'],
    { tenantId, importId, file, intake, hash, stored }: UnderWay,
  ): Promise<StatementImportRow> {
    const { format, fileName } = file;
    const { statements, read, skipped, flagged, bankAccountIds } = intake;
    const known = read - stored.entries;
    const row: StatementImportRow = {
      ...{ _id: importId, fileName: masked(fileName), format, sha256: hash.copy().digest('hex') },
      ...{ bankAccountIds, statements, read, entries: stored.entries, known, skipped, pages: stored.pages },
      ...{ state: 'received', receivedAt: at, by: principal.name },
    };
    return this.database.transaction(async () => {
      await this.entries.insertImport(tenantId, row);
      await this.outbox.start(statementImport, [{ tenantId, at, importId }]);
      const after = { fileName: row.fileName, format, entries: row.entries, known, flagged };
      await this.audit.record(principal, { at, what: 'importStatement', entity: importId, after });
      return row;
    });
  }

  private sameFile({ tenantId, hash }: UnderWay): Promise<StatementImportRow | null> {
    return this.entries.sameFile(tenantId, hash.copy().digest('hex'));
  }
}

async function* chunksOf(bytes: StatementFile['bytes']): AsyncGenerator<Buffer> {
  if (!Buffer.isBuffer(bytes)) yield* bytes;
  else
    for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
}
