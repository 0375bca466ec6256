import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  type Principal,
  ServiceDatabase,
  Storage,
} from '@tollkeeper/platform';
import { stringify } from 'csv-stringify/sync';
import { type AgencyClaim, changedClaims, claimsOf } from '../../domain/dunning/agency-claims';
import { PayableRepository } from '../../payables/payable.repository';
import type { PayableRow } from '../../payables/payable.schema';
import { ProfileRepository } from '../../payers/profile.repository';
import { CollectionRepository } from '../collection.repository';
import type { CollectionRow } from '../collection.schema';
import { claimLine, columns, endLine } from './hand-over-lines';
import { HandOverRepository } from './hand-over.repository';
import type { HandOverFileRow } from './hand-over.schema';

const casesPerFile = 5_000;

/** A case that the agency has, or gets: all of its claims as they stand, and those to be told. */
interface Told {
  row: CollectionRow;
  claims: AgencyClaim[];
  lines: AgencyClaim[];
}

/**
 * What an agency is told since the last file: `handOver`, one line for each invoice of the cases that it gets;
 * `changed`, one line for each invoice of which something else is open or disputed now; `recall` and `settled`, one line
 * for each case that is over for it.
 */
@Injectable()
export class HandOverService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly storage: Storage,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly collections: CollectionRepository,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly files: HandOverRepository,
  ) {}

  async write(principal: Principal, reason: string): Promise<HandOverFileRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const cases = await this.collections.toHandOver(tenantId, casesPerFile);
    const withNews = await this.collections.toUpdate(tenantId, casesPerFile);
    const recalled = await this.collections.toRecall(tenantId, casesPerFile);
    const invoices = await this.invoicesOf(tenantId, [...cases, ...withNews]);
    const handed = cases.map((row) => told(row, invoices, () => undefined));
    const looked = withNews.map((row) => told(row, invoices, ({ toldAgency }) => toldAgency));
    const changed = looked.filter(({ lines }) => lines.length > 0);
    if (handed.length + changed.length + recalled.length === 0)
      throw conflict(
        'nothingToHandOver',
        'No case was handed over, changed, taken back or settled since the last file.',
      );
    const id = newId('hof');
    const body = await this.bodyOf(tenantId, handed, changed, recalled, invoices);
    const row: HandOverFileRow = {
      ...{ _id: id, cases: cases.length, invoices: handed.flatMap(({ lines }) => lines).length },
      ...{ changed: changed.length, recalled: recalled.length },
      file: await this.storage.putDocument(tenantId, `payments/hand-overs/${id}.csv`, body),
      ...{ createdAt: at, by: principal.name },
    };
    return this.database.transaction(async () => {
      const marked = await this.collections.markHandedOver(tenantId, idsOf(cases), id);
      const gone = await this.collections.markRecalled(tenantId, idsOf(recalled), id);
      const upToDate = await this.collections.markTold(tenantId, [...handed, ...looked]);
      if (marked !== cases.length || gone !== recalled.length || !upToDate)
        throw conflict(
          'handOverUnderWay',
          'Someone else writes a file just now, or a payment has just come.',
          'Look at the list of files.',
        );
      await this.files.insert(tenantId, row);
      await this.audit.record(principal, {
        ...{ at, what: 'writeHandOverFile', entity: id, reason },
        after: { cases: cases.length, changed: changed.length, recalled: recalled.length },
      });
      return row;
    });
  }

  async csv(tenantId: string, id: string): Promise<Buffer> {
    const row = await this.files.one(tenantId, id);
    if (!row?.file) throw notFound('hand-over file', id);
    return this.storage.readDocument(row.file);
  }

  private async invoicesOf(tenantId: string, cases: CollectionRow[]): Promise<Map<string, PayableRow[]>> {
    const byCase = new Map<string, PayableRow[]>();
    for (const invoice of await this.payables.givenUpBy(tenantId, idsOf(cases))) {
      const caseId = invoice.givenUpBy ?? '';
      byCase.set(caseId, [...(byCase.get(caseId) ?? []), invoice]);
    }
    return byCase;
  }

  private async bodyOf(
    tenantId: string,
    handed: Told[],
    changed: Told[],
    recalled: CollectionRow[],
    invoices: ReadonlyMap<string, PayableRow[]>,
  ): Promise<Buffer> {
    const all = [...handed.map(({ row }) => row), ...changed.map(({ row }) => row), ...recalled];
    const debtors = await this.profiles.accounts(
      tenantId,
      all.map(({ accountId }) => accountId),
    );
    const linesOf = (action: 'handOver' | 'changed', { row, lines }: Told) => {
      const byId = new Map((invoices.get(row._id) ?? []).map((invoice) => [invoice._id, invoice]));
      return lines.flatMap((claim) => {
        const invoice = byId.get(claim.invoiceId);
        return invoice ? [claimLine(action, row, claim, invoice, debtors)] : [];
      });
    };
    const lines = [
      ...handed.flatMap((each) => linesOf('handOver', each)),
      ...changed.flatMap((each) => linesOf('changed', each)),
      ...recalled.map((row) => endLine(row, debtors)),
    ];
    return Buffer.from(stringify(lines, { header: true, columns, escape_formulas: true }));
  }
}

const idsOf = (rows: readonly CollectionRow[]): string[] => rows.map(({ _id }) => _id);

function told(
  row: CollectionRow,
  invoices: ReadonlyMap<string, PayableRow[]>,
  before: (row: CollectionRow) => AgencyClaim[] | undefined,
): Told {
  const claims = claimsOf(invoices.get(row._id) ?? [], row.disputes);
  return { row, claims, lines: changedClaims(before(row), claims) };
}
