import { Injectable } from '@nestjs/common';
import { decimalOf, money } from '@tollkeeper/money';
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
import { CollectionRepository } from '../collection.repository';
import type { CollectionRow } from '../collection.schema';
import { PayableRepository } from '../payable.repository';
import type { PayableRow } from '../payable.schema';
import type { AccountCopyRow } from '../profile.schema';
import { ProfileRepository } from '../profile.repository';
import { HandOverRepository } from './hand-over.repository';
import type { HandOverFileRow } from './hand-over.schema';

const casesPerFile = 5_000;

const columns = [
  'caseId',
  'accountId',
  'customerName',
  'country',
  'invoiceNumber',
  'issuedOn',
  'dueOn',
  'currency',
  'total',
  'open',
  'handedOverAt',
];

/** What an agency is told: one line for each invoice of the cases that were handed over since the last file. */
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
    if (cases.length === 0)
      throw conflict('nothingToHandOver', 'No case was handed over since the last file.');
    const caseIds = cases.map(({ _id }) => _id);
    const invoices = await this.payables.givenUpBy(tenantId, caseIds);
    const accounts = await this.profiles.accounts(
      tenantId,
      cases.map(({ accountId }) => accountId),
    );
    const id = newId('hof');
    const body = Buffer.from(
      stringify(linesOf(cases, invoices, accounts), { header: true, columns, escape_formulas: true }),
    );
    const file = await this.storage.putDocument(tenantId, `payments/hand-overs/${id}.csv`, body);
    const row = {
      _id: id,
      cases: cases.length,
      invoices: invoices.length,
      file,
      createdAt: at,
      by: principal.name,
    };
    return this.database.transaction(async () => {
      const marked = await this.collections.markHandedOver(tenantId, caseIds, id);
      if (marked !== cases.length)
        throw conflict(
          'handOverUnderWay',
          'Someone else writes a file just now.',
          'Look at the list of files.',
        );
      await this.files.insert(tenantId, row);
      await this.audit.record(principal, {
        at,
        what: 'writeHandOverFile',
        entity: id,
        after: { cases: caseIds.length },
        reason,
      });
      return row;
    });
  }

  async csv(tenantId: string, id: string): Promise<Buffer> {
    const row = await this.files.one(tenantId, id);
    if (!row?.file) throw notFound('hand-over file', id);
    return this.storage.readDocument(row.file);
  }
}

function linesOf(
  cases: CollectionRow[],
  invoices: PayableRow[],
  accounts: ReadonlyMap<string, AccountCopyRow>,
): Record<string, string>[] {
  const byId = new Map(cases.map((row) => [row._id, row]));
  return invoices.map(
    ({ givenUpBy, accountId, invoiceNumber, issuedOn, dueOn, currency, totalMinor, openMinor }) => {
      const { customerName = '', country = '' } = accounts.get(accountId) ?? {};
      return {
        caseId: givenUpBy ?? '',
        ...{ accountId, customerName, country, invoiceNumber, issuedOn, dueOn, currency },
        total: decimalOf(money(totalMinor, currency)),
        open: decimalOf(money(openMinor, currency)),
        handedOverAt: byId.get(givenUpBy ?? '')?.closedAt ?? '',
      };
    },
  );
}
