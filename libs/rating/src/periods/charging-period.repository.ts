import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { ChargingPeriods, type ChargingPeriodRow } from './charging-period.schema';

@Injectable()
export class ChargingPeriodRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async ofGroups(tenantId: string, groupIds: string[], endingAfter: Instant): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({ groupId: { $in: groupIds }, toAt: { $gt: endingAfter } });
  }

  async byIds(tenantId: string, ids: string[]): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({ _id: { $in: ids } });
  }

  /** Open periods of these accounts that end by then. */
  async openUntil(tenantId: string, accountIds: string[], cutOffAt: Instant): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({
      accountId: { $in: accountIds },
      toAt: { $lte: cutOffAt },
      closedBy: null,
    });
  }

  /** Closed periods of these groups that end at one of these instants. */
  async closedEnding(tenantId: string, groupIds: string[], ends: Instant[]): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({
      groupId: { $in: groupIds },
      toAt: { $in: ends },
      closedBy: { $ne: null },
    });
  }

  /** Open periods of these groups that begin at one of these instants. */
  async openStarting(tenantId: string, groupIds: string[], starts: Instant[]): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({ groupId: { $in: groupIds }, fromAt: { $in: starts }, closedBy: null });
  }

  /** In the transaction that read them. A row of version 0 is new. */
  async save(tenantId: string, periods: ChargingPeriodRow[]): Promise<void> {
    const fresh = periods.filter(({ version }) => version === 0).map((row) => ({ ...row, version: 1 }));
    const changed = periods.filter(({ version }) => version > 0);
    await this.rows(tenantId).insertMany(fresh);
    const result = await this.rows(tenantId).bulkWrite(
      changed.map(
        ({
          _id,
          version,
          buckets,
          sums,
          last,
          orderDirty,
          closedBy,
          before = null,
          rest = null,
          ...row
        }) => ({
          updateOne: {
            filter: { _id: _id as never, version },
            update: {
              $set: { buckets, sums, last, orderDirty, closedBy, before, rest, ...totalsOf(row) },
              $inc: { version: 1 },
            },
          },
        }),
      ),
    );
    if ((result?.matchedCount ?? 0) !== changed.length)
      throw new Error('a charging period changed under its writer: try again');
  }

  /** Periods with an end after that instant, by id: of some payers, or of all. */
  async page(
    tenantId: string,
    { accountIds, endingAfter, after }: { accountIds: string[] | null; endingAfter: Instant; after: string },
    limit: number,
  ): Promise<ChargingPeriodRow[]> {
    const ofPayers = accountIds ? { accountId: { $in: accountIds } } : {};
    return this.rows(tenantId).find(
      { _id: { $gt: after }, toAt: { $gt: endingAfter }, ...ofPayers },
      { sort: { _id: 1 }, limit },
    );
  }

  async takenBy(tenantId: string, runId: string, accountIds: string[] | null): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({
      closedBy: runId,
      ...(accountIds ? { accountId: { $in: accountIds } } : {}),
    });
  }

  async openOf(tenantId: string, accountIds: string[]): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({ accountId: { $in: accountIds }, closedBy: null });
  }

  async ofAccountsIn(
    tenantId: string,
    accountIds: string[],
    periodKeys: string[],
  ): Promise<ChargingPeriodRow[]> {
    return this.rows(tenantId).find({ accountId: { $in: accountIds }, periodKey: { $in: periodKeys } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(ChargingPeriods);
  }
}

const totalsOf = ({
  ratedMicro,
  roamingDataMicro,
}: Pick<ChargingPeriodRow, 'ratedMicro' | 'roamingDataMicro'>) => ({
  ...(ratedMicro === undefined ? {} : { ratedMicro }),
  ...(roamingDataMicro === undefined ? {} : { roamingDataMicro }),
});
