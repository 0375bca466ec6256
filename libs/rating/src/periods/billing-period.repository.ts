import { Injectable } from '@nestjs/common';
import type { NamedPeriod } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { BillingPeriods, type BillingPeriodRow, Closings, type ClosingRow } from './billing-period.schema';

export const billingPeriodId = (subscriptionId: string, periodKey: string): string =>
  `${subscriptionId}/${periodKey}`;

/** What came after its own period was billed is billed apart from the usage of the period that it came in. */
export const latePeriodId = (subscriptionId: string, periodKey: string, usedInKey: string): string =>
  `${billingPeriodId(subscriptionId, periodKey)}/late/${usedInKey}`;

/** What an on-demand bill took of a period that goes on. */
export const onDemandPeriodId = (periodId: string, runId: string): string => `${periodId}/now/${runId}`;

@Injectable()
export class BillingPeriodRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async insert(tenantId: string, periods: Omit<BillingPeriodRow, '_id'>[]): Promise<void> {
    await this.periods(tenantId).insertMany(
      periods.map((row) => ({ _id: `${tenantId}/${row.periodId}`, ...row })),
    );
  }

  /** Periods that are on a bill (or about to be): usage that comes now goes to a later one. */
  async ofSubscriptions(tenantId: string, subscriptionIds: string[]): Promise<BillingPeriodRow[]> {
    if (subscriptionIds.length === 0) return [];
    return this.periods(tenantId).find({ subscriptionId: { $in: subscriptionIds } });
  }

  /** Periods that the run took and no invoice names. */
  async unnamed(tenantId: string, runId: string, accountIds: string[] | null): Promise<BillingPeriodRow[]> {
    return this.periods(tenantId).find({
      runId,
      invoiceId: null,
      reported: { $ne: true },
      ...ofAccounts(accountIds),
    });
  }

  async named(tenantId: string, runId: string, accountIds: string[] | null): Promise<BillingPeriodRow[]> {
    return this.periods(tenantId).find({ runId, invoiceId: { $ne: null }, ...ofAccounts(accountIds) });
  }

  async byPeriodIds(tenantId: string, periodIds: string[]): Promise<BillingPeriodRow[]> {
    return this.periods(tenantId).find({
      _id: { $in: periodIds.map((periodId) => `${tenantId}/${periodId}`) },
    });
  }

  async remove(tenantId: string, ids: string[]): Promise<number> {
    return this.periods(tenantId).deleteMany({ _id: { $in: ids } });
  }

  async nameInvoices(tenantId: string, runId: string, named: readonly NamedPeriod[]): Promise<void> {
    await this.periods(tenantId).bulkWrite(
      named.map(({ periodId, ...outcome }) => ({
        updateOne: {
          filter: { _id: `${tenantId}/${periodId}` as never, runId },
          update: { $set: outcome },
        },
      })),
    );
  }

  async closing(tenantId: string, runId: string, batchNo: number): Promise<ClosingRow | null> {
    return this.closings(tenantId).findOne({ _id: closingId(tenantId, runId, batchNo) });
  }

  async keepClosing(tenantId: string, batchNo: number, closing: Omit<ClosingRow, '_id'>): Promise<void> {
    await this.closings(tenantId).updateOne(
      { _id: closingId(tenantId, closing.runId, batchNo) },
      { $setOnInsert: closing },
      { upsert: true },
    );
  }

  async forgetClosings(tenantId: string, runId: string): Promise<void> {
    await this.closings(tenantId).deleteMany({ runId });
  }

  private periods(tenantId: string) {
    return this.db.tenant(tenantId).collection(BillingPeriods);
  }

  private closings(tenantId: string) {
    return this.db.tenant(tenantId).collection(Closings);
  }
}

const closingId = (tenantId: string, runId: string, batchNo: number): string =>
  `${tenantId}/${runId}/${batchNo}`;

const ofAccounts = (accountIds: string[] | null): object =>
  accountIds ? { accountId: { $in: accountIds } } : {};
