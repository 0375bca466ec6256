import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { AuditLog, badInput, conflict, newId, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import type { UsageRecord } from '@tollkeeper/tariff';
import { AccountService } from '../accounts/account.service';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import { UsageRepository } from '../usage/usage.repository';
import type { UsageRow } from '../usage/usage.schema';
import { WholesaleService } from '../wholesale/wholesale.service';
import { UsageCorrectionService } from './usage-correction.service';

interface Withdrawal {
  recordIds: readonly string[];
  reason: string;
  at: Instant;
}

export interface WithdrawnUsage {
  id: string;
  /** Records that had usage until now, those that were withdrawn before, and those that waited in suspense. */
  withdrawn: number;
  already: number;
  inSuspense: number;
  /** What all records that they change cost more, in 10^-6 of the major unit: below zero is given back. */
  differenceMicro: number;
}

/**
 * Records that the network takes back, by their ids: they stay with nothing used, and what that changes (of them, and of
 * the records behind them) is posted as for any record that is rated again.
 */
@Injectable()
export class UsageWithdrawalService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly usages: UsageRepository,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly corrections: UsageCorrectionService,
    private readonly accounts: AccountService,
    private readonly wholesale: WholesaleService,
  ) {}

  async withdraw(principal: Principal, { recordIds, reason, at }: Withdrawal): Promise<WithdrawnUsage> {
    const { tenantId } = principal;
    const { catalog } = await this.accounts.startLearning(tenantId);
    return this.db.transaction(async () => {
      const rows = await this.usages.withParts(tenantId, recordIds);
      refuseUnknown(recordIds, rows);
      const fresh = rows.filter((row) => asItReads(row).withdrawn !== true);
      const waiting = fresh.filter(({ status }) => status === 'inSuspense');
      const rated = fresh.filter(({ status }) => status === 'rated');
      await this.usages.change(
        tenantId,
        new Map(waiting.map(({ _id }) => [_id, { quantity: 0, withdrawn: true }])),
      );
      const id = newId('wdr');
      const replaced = new Map(rated.map((row) => [row.recordId, nothingOf(row)]));
      const periods = await this.chargingPeriods.byIds(tenantId, [
        ...new Set(rated.flatMap(({ chargingPeriodId }) => chargingPeriodId ?? [])),
      ]);
      const again = await this.corrections.again(
        { tenantId, catalog, versions: 'asStored', replaced },
        periods,
      );
      const stuck = again.flatMap(({ unratable }) => unratable)[0];
      if (stuck)
        throw conflict(
          'unratable',
          `The period of these records cannot be rated again: ${stuck.recordId} (${stuck.reason}).`,
          'Publish the plan, deck or rate that is missing, then withdraw again.',
        );
      await this.corrections.post(tenantId, again, { cause: { kind: 'withdrawal', id }, reason, at });
      await this.wholesale.refold(tenantId, [...replaced.keys()], catalog);
      const count = (some: readonly UsageRow[]) => some.filter(({ partOf }) => partOf === undefined).length;
      const outcome = {
        withdrawn: count(rated),
        already: count(rows) - count(fresh),
        inSuspense: count(waiting),
        differenceMicro: again
          .flatMap(({ changed }) => changed)
          .reduce((sum, { correction }) => sum + correction.differenceMicro, 0),
      };
      const after = { recordIds: [...recordIds], ...outcome };
      await this.audit.record(principal, { at, what: 'withdrawUsage', entity: id, after, reason });
      return { id, ...outcome };
    });
  }
}

const asItReads = (row: UsageRow): UsageRecord => ({ ...row, ...row.rerated?.record });

const nothingOf = (row: UsageRow): UsageRecord => ({ ...asItReads(row), quantity: 0, withdrawn: true });

function refuseUnknown(recordIds: readonly string[], rows: readonly UsageRow[]): void {
  const known = new Map(rows.map((row) => [row.recordId, row]));
  for (const [index, recordId] of recordIds.entries()) {
    const row = known.get(recordId);
    const field = `recordIds.${index}`;
    if (row === undefined)
      throw badInput(
        field,
        `${recordId} is no usage record.`,
        'Name whole records by the ids of their usage file; a partial record of a session cannot be taken back alone.',
      );
    if (row.session !== undefined || row.partOf !== undefined)
      throw badInput(
        field,
        `${recordId} is a part of ${row.session ?? row.partOf}.`,
        'Name the record itself; a session is what its partial records say.',
      );
  }
}
