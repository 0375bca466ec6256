import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { RatedLine } from '@tollkeeper/tariff';
import { BillingPeriodRepository, onDemandPeriodId } from './billing-period.repository';
import { ChargingPeriodRepository } from './charging-period.repository';
import type { ChargingPeriodRow } from './charging-period.schema';
import { type RefoldContext, RefoldService } from '../rerating/refold.service';
import { UsageCorrectionRepository } from '../rerating/usage-correction.repository';
import { UsageRepository } from '../usage/usage.repository';

/** Usage may keep arriving out of order while its periods are folded; more than a few times in a row is a fault. */
const mostRounds = 10;

interface TakeContext extends RefoldContext {
  runId: string;
  batchNo: number;
}

/**
 * A bill between two cut-offs takes what is rated so far. The periods stay open, with their allowances and tiers; what
 * was taken is a billing period of its own, which no other bill has.
 */
@Injectable()
export class OnDemandClosingService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly billingPeriods: BillingPeriodRepository,
    private readonly usages: UsageRepository,
    private readonly corrections: UsageCorrectionRepository,
    private readonly refolding: RefoldService,
  ) {}

  /** The periods that go on, and what was taken of them. */
  async take(context: TakeContext): Promise<{ chargingPeriodIds: string[]; periodIds: ReadonlySet<string> }> {
    const { tenantId, runId } = context;
    for (let round = 0; round < mostRounds; round += 1) {
      const open = await this.openPeriods(context);
      const dirty = open.filter(({ orderDirty }) => orderDirty);
      if (dirty.length > 0) await this.refolding.refoldPeriods(context, dirty);
      else if (await this.takeFrom(context)) {
        const own = await this.billingPeriods.unnamed(tenantId, runId, null);
        return {
          chargingPeriodIds: open.map(({ _id }) => _id),
          periodIds: new Set(own.map(({ periodId }) => periodId)),
        };
      }
    }
    throw new Error(`the periods of run ${runId} do not come to rest: usage keeps arriving for them`);
  }

  /** In order, as a real run would find them; nothing is written. */
  async openPeriods({ tenantId, accountIds, cutOffAt }: RefoldContext): Promise<ChargingPeriodRow[]> {
    const open = await this.chargingPeriods.openOf(tenantId, accountIds);
    return open.filter(
      ({ fromAt, periodKey }) => fromAt < cutOffAt && periodKey.length === 'yyyy-mm-dd'.length,
    );
  }

  /** Without what another bill has taken. */
  async notTaken(tenantId: string, runId: string, lines: readonly RatedLine[]): Promise<RatedLine[]> {
    const periodIds = [...new Set(lines.map(({ periodId }) => periodId))];
    const rows = await this.billingPeriods.byPeriodIds(tenantId, periodIds);
    const elsewhere = new Set(rows.filter((row) => row.runId !== runId).map(({ periodId }) => periodId));
    return lines.filter(({ periodId }) => !elsewhere.has(periodId));
  }

  private async takeFrom(context: TakeContext): Promise<boolean> {
    const { tenantId, runId, batchNo, cutOffAt } = context;
    return this.db.transaction(async () => {
      const open = await this.openPeriods(context);
      if (open.some(({ orderDirty }) => orderDirty)) return false;
      const ids = open.map(({ _id }) => _id);
      const used = new Map(
        [
          ...(await this.usages.usedPeriods(tenantId, ids)),
          ...(await this.corrections.correctedPeriods(tenantId, ids)),
        ].map((row) => [row.billingPeriodId, row]),
      );
      for (const { periodId } of await this.billingPeriods.byPeriodIds(tenantId, [...used.keys()]))
        used.delete(periodId);
      for (const billingPeriodId of used.keys()) {
        const move = {
          from: billingPeriodId,
          to: onDemandPeriodId(billingPeriodId, runId),
          before: cutOffAt,
        };
        await this.usages.moveToPeriod(tenantId, ids, move);
        await this.corrections.moveToPeriod(tenantId, ids, move);
      }
      await this.billingPeriods.insert(
        tenantId,
        [...used.values()].map(({ accountId, subscriptionId, billingPeriodId }) => ({
          periodId: onDemandPeriodId(billingPeriodId, runId),
          accountId,
          subscriptionId,
          runId,
          batchNo,
          invoiceId: null,
        })),
      );
      // Written though nothing of them changes: the version keeps this and new records apart.
      await this.chargingPeriods.save(tenantId, open);
      return true;
    });
  }
}
