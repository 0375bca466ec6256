import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { CompiledCatalog, SubscriberAccount } from '@tollkeeper/tariff';
import { BillingPeriodRepository } from '../periods/billing-period.repository';
import { ChargingPeriodRepository } from '../periods/charging-period.repository';
import type { ChargingPeriodRow } from '../periods/charging-period.schema';
import { ratedAgain, refold } from './refold';
import { isAsStored, ratedColumns } from '../usage/usage-columns';
import { withState } from '../periods/charging-period-state';
import { totalsOfFold } from '../usage/running-totals';
import { UsageCorrectionService } from './usage-correction.service';
import { UsageRepository } from '../usage/usage.repository';
import type { RatedColumns, UsageRow } from '../usage/usage.schema';

const periodsPerRefold = 20;

export interface RefoldContext {
  tenantId: string;
  accountIds: string[];
  cutOffAt: Instant;
  accounts: Map<string, SubscriberAccount>;
  catalog: CompiledCatalog;
}

/** Puts right the periods whose records came out of order, before they are billed. */
@Injectable()
export class RefoldService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly usages: UsageRepository,
    private readonly billingPeriods: BillingPeriodRepository,
    private readonly corrections: UsageCorrectionService,
  ) {}

  async refoldDirty(context: RefoldContext): Promise<void> {
    const { tenantId, accountIds, cutOffAt } = context;
    const open = await this.chargingPeriods.openUntil(tenantId, accountIds, cutOffAt);
    await this.refoldPeriods(
      context,
      open.filter(({ orderDirty }) => orderDirty),
    );
  }

  async refoldPeriods(context: RefoldContext, dirty: readonly ChargingPeriodRow[]): Promise<void> {
    for (let first = 0; first < dirty.length; first += periodsPerRefold) {
      await this.refoldSome(
        context,
        dirty.slice(first, first + periodsPerRefold).map(({ _id }) => _id),
      );
    }
  }

  private async refoldSome(context: RefoldContext, ids: string[]): Promise<void> {
    const { tenantId } = context;
    await this.db.transaction(async () => {
      const periods = await this.chargingPeriods.byIds(tenantId, ids);
      const corrections = new Map<string, RatedColumns>();
      const saved: ChargingPeriodRow[] = [];
      const refolded = await this.refolded(context, periods);
      const onBill = await this.partlyBilled(tenantId, refolded);
      for (const { period, rows, result } of refolded) {
        if (onBill.has(period._id)) continue;
        saved.push({ ...withState(period, result.state), ...totalsOfFold(result.folded) });
        const stored = new Map(rows.map((row) => [row.recordId, row]));
        for (const each of result.folded) {
          const row = stored.get(each.guided.record.recordId);
          const rated = ratedAgain(each);
          if (row && !isAsStored(row, rated)) corrections.set(row._id, ratedColumns(rated));
        }
      }
      await this.usages.correct(tenantId, corrections);
      await this.chargingPeriods.save(tenantId, saved);
      await this.correct(
        context,
        periods.filter(({ _id }) => onBill.has(_id)),
      );
    });
  }

  /** An on-demand bill keeps what it said: what comes out different is charged with the rest of the period. */
  private async correct(context: RefoldContext, periods: ChargingPeriodRow[]): Promise<void> {
    if (periods.length === 0) return;
    const { tenantId, catalog, cutOffAt: at } = context;
    const order = { tenantId, catalog, versions: 'asStored' as const, replaced: new Map<string, UsageRow>() };
    const reason = 'A record came before others that were billed on demand';
    const cause = { kind: 'order' as const, id: periods[0]?._id ?? '' };
    await this.corrections.post(tenantId, await this.corrections.again(order, periods), {
      cause,
      reason,
      at,
    });
  }

  private async partlyBilled(
    tenantId: string,
    refolded: readonly { period: ChargingPeriodRow; rows: UsageRow[] }[],
  ): Promise<ReadonlySet<string>> {
    const idsOf = (rows: UsageRow[]) => rows.flatMap(({ billingPeriodId }) => billingPeriodId ?? []);
    const periodIds = [...new Set(refolded.flatMap(({ rows }) => idsOf(rows)))];
    const billed = new Set(
      (await this.billingPeriods.byPeriodIds(tenantId, periodIds)).map(({ periodId }) => periodId),
    );
    return new Set(
      refolded
        .filter(({ rows }) => idsOf(rows).some((periodId) => billed.has(periodId)))
        .map(({ period }) => period._id),
    );
  }

  async refolded({ tenantId, accounts, catalog }: RefoldContext, periods: ChargingPeriodRow[]) {
    const byPeriod = new Map<string, UsageRow[]>(periods.map(({ _id }) => [_id, []]));
    for (const row of await this.usages.ofChargingPeriods(tenantId, [...byPeriod.keys()])) {
      byPeriod.get(row.chargingPeriodId ?? '')?.push(row);
    }
    return periods.map((period) => {
      const account = accounts.get(period.accountId);
      if (!account) throw new Error(`charging period ${period._id} belongs to no account of the batch`);
      const rows = byPeriod.get(period._id) ?? [];
      return { period, rows, result: refold(period, rows, account, catalog) };
    });
  }
}
