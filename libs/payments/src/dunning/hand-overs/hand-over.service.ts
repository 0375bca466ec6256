import { Injectable } from '@nestjs/common';
import { decimalOf, money } from '@tollkeeper/money';
import {
  AuditLog,
  BusinessClock,
  conflict,
  maskCardNumbers,
  newId,
  notFound,
  type Principal,
  ServiceDatabase,
  Storage,
} from '@tollkeeper/platform';
import { stringify } from 'csv-stringify/sync';
import { CollectionRepository } from '../collection.repository';
import type { CollectionRow } from '../collection.schema';
import { PayableRepository } from '../../payables/payable.repository';
import type { PayableRow } from '../../payables/payable.schema';
import type { AccountCopyRow } from '../../payers/profile.schema';
import { ProfileRepository } from '../../payers/profile.repository';
import { HandOverRepository } from './hand-over.repository';
import type { HandOverFileRow } from './hand-over.schema';

const casesPerFile = 5_000;

const columns = [
  'action',
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

/**
 * What an agency is told since the last file: `handOver`, one line for each invoice of the cases that it gets; `recall`
 * and `settled`, one line for each case that is over for it.
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
    const recalled = await this.collections.toRecall(tenantId, casesPerFile);
    if (cases.length + recalled.length === 0)
      throw conflict(
        'nothingToHandOver',
        'No case was handed over, taken back or settled since the last file.',
      );
    const caseIds = cases.map(({ _id }) => _id);
    const invoices = await this.payables.givenUpBy(tenantId, caseIds);
    const accounts = await this.profiles.accounts(
      tenantId,
      [...cases, ...recalled].map(({ accountId }) => accountId),
    );
    const id = newId('hof');
    const lines = [...linesOf(cases, invoices, accounts), ...recalled.map((row) => endOf(row, accounts))];
    const body = Buffer.from(stringify(lines, { header: true, columns, escape_formulas: true }));
    const file = await this.storage.putDocument(tenantId, `payments/hand-overs/${id}.csv`, body);
    const row = {
      _id: id,
      cases: cases.length,
      invoices: invoices.length,
      recalled: recalled.length,
      file,
      createdAt: at,
      by: principal.name,
    };
    return this.database.transaction(async () => {
      const marked = await this.collections.markHandedOver(tenantId, caseIds, id);
      const recalledIds = recalled.map(({ _id }) => _id);
      const told = await this.collections.markRecalled(tenantId, recalledIds, id);
      if (marked !== cases.length || told !== recalled.length)
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
        after: { cases: caseIds.length, recalled: recalled.length },
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
      const { customerName: name = '', country = '' } = accounts.get(accountId) ?? {};
      const customerName = maskCardNumbers(name);
      return {
        ...{ action: 'handOver', caseId: givenUpBy ?? '' },
        ...{ accountId, customerName, country, invoiceNumber, issuedOn, dueOn, currency },
        total: decimalOf(money(totalMinor, currency)),
        open: decimalOf(money(openMinor, currency)),
        handedOverAt: byId.get(givenUpBy ?? '')?.closedAt ?? '',
      };
    },
  );
}

function endOf(
  { _id: caseId, accountId, currency, endedAtAgency, closedAt }: CollectionRow,
  accounts: ReadonlyMap<string, AccountCopyRow>,
): Record<string, string> {
  const { customerName = '', country = '' } = accounts.get(accountId) ?? {};
  const action = endedAtAgency?.how === 'settled' ? 'settled' : 'recall';
  return { action, caseId, accountId, customerName, country, currency, handedOverAt: closedAt ?? '' };
}
