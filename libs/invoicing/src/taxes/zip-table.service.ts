import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { StorageRef } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  newId,
  type Principal,
  readFirstLine,
  readLineBatches,
  refuseFindings,
  ServiceDatabase,
  splitLine,
  Storage,
  storeUpload,
} from '@tollkeeper/platform';
import { type UsPlace, type ZipRange, ZipTable } from '@tollkeeper/tax';
import { CopyRepository } from '../copies/copy.repository';
import { readZipHeader, readZipLine } from '../domain/read-zip-line';
import { TaxPlaceRepository } from './tax-place.repository';
import type { ZipTableRow } from './tax-place.schema';
import { TaxPlaceService } from './tax-place.service';

const mostBytes = 256 * 1024 * 1024;
const linesPerBatch = 2_000;
const mostFindings = 100;
const accountsAtOnce = 500;
const zipDigits = 5;

interface Finding {
  field: string;
  reason: string;
}

/** The table that turns US addresses into places: replaced as a whole, checked before the old one goes. */
@Injectable()
export class ZipTableService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly places: TaxPlaceRepository,
    private readonly resolver: TaxPlaceService,
    private readonly copies: CopyRepository,
    private readonly storage: Storage,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async replace(principal: Principal, body: Readable, reason: string): Promise<ZipTableRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const place = {
      tenantId,
      folder: 'zip-tables',
      mostBytes,
      hint: 'Leave out the places you do not serve.',
    };
    const { file, header } = await storeUpload(this.storage, place, body, checkedTable);
    const edition = newId('zip');
    const rows = await this.load(tenantId, edition, file, header);
    const table = { _id: tenantId, edition, rows, sha256: file.sha256, loadedAt: at };
    await this.db.transaction(async () => {
      const before = await this.places.zipTable(tenantId);
      await this.places.useZipTable(tenantId, table);
      await this.audit.record(principal, {
        ...{ at, what: 'putZipTable', entity: 'zipTable', reason },
        ...{ before: before && { rows: before.rows, sha256: before.sha256 } },
        after: { rows, sha256: file.sha256 },
      });
    });
    await this.places.removeZipRanges(tenantId, { edition: { $ne: edition } });
    await this.resolveAgain(tenantId, at);
    return table;
  }

  find(tenantId: string): Promise<ZipTableRow | null> {
    return this.places.zipTable(tenantId);
  }

  /** `null`: no table has been loaded. */
  async lookUp(tenantId: string, postalCode: string, on: LocalDate): Promise<UsPlace | null> {
    const table = await this.places.zipTable(tenantId);
    if (!table) return null;
    const zips = [postalCode.trim().slice(0, zipDigits)];
    return new ZipTable(await this.places.zipRangesOf(tenantId, table.edition, zips)).place(postalCode, on);
  }

  /** The table was checked; rows count once the edition is in use, and a load that broke off is removed by the next. */
  private async load(tenantId: string, edition: string, file: StorageRef, header: string[]): Promise<number> {
    let rows = 0;
    for await (const ranges of rangesOf(this.storage.path(file.key), header)) {
      const numbered = ranges.map((range, at) => ({ _id: `${edition}/${rows + at}`, edition, ...range }));
      await this.places.addZipRanges(tenantId, numbered);
      rows += ranges.length;
    }
    return rows;
  }

  private async resolveAgain(tenantId: string, at: Instant): Promise<void> {
    for (let after = ''; ;) {
      const page = await this.copies.accountsIn(tenantId, 'US', after, accountsAtOnce);
      await this.resolver.resolveAgain(
        tenantId,
        page.map(({ profile }) => profile),
        at,
      );
      if (page.length < accountsAtOnce) return;
      after = page.at(-1)?.accountId ?? '';
    }
  }
}

/** All lines are read before one is stored: all or nothing. */
async function checkedTable(path: string): Promise<string[]> {
  const { text, bytes } = await readFirstLine(path);
  const header = (splitLine(text) ?? []).map((name) => name.trim());
  const findings: Finding[] = readZipHeader(header).map(({ column, reason }) => ({
    field: `line 1, ${column}`,
    reason,
  }));
  refuseFindings(findings);
  let lines = 0;
  for await (const batch of readLineBatches(path, { offsetBytes: bytes, linesRead: 1 }, linesPerBatch)) {
    for (const { lineNumber, text: line } of batch.lines) {
      lines += 1;
      for (const { column, reason } of readZipLine(header, splitLine(line)).faults)
        findings.push({ field: `line ${lineNumber}, ${column}`, reason });
    }
    if (findings.length >= mostFindings) break;
  }
  if (lines === 0) findings.push({ field: 'line 2', reason: 'the table has no rows' });
  refuseFindings(findings.slice(0, mostFindings), 'Nothing was stored. Mend these lines and send it again.');
  return header;
}

async function* rangesOf(path: string, header: string[]): AsyncGenerator<ZipRange[]> {
  const { bytes } = await readFirstLine(path);
  for await (const { lines } of readLineBatches(path, { offsetBytes: bytes, linesRead: 1 }, linesPerBatch))
    yield lines.flatMap(({ text }) => readZipLine(header, splitLine(text)).range ?? []);
}
