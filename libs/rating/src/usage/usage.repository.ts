import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { RatedLine, UsageRecord } from '@tollkeeper/tariff';
import { partPrefix } from '../imports/take-partials';
import {
  type LatePeriod,
  type RatedColumns,
  type RatingColumns,
  usageKey,
  Usages,
  type UsageRow,
} from './usage.schema';

interface UsageSearch {
  accountId: string | null;
  subscriptionIds: string[];
  from?: Instant;
  to?: Instant;
  after: UsageRow | null;
  limit: number;
}

/** What a bill's line says of its records; of what is left out, any. */
export interface LineSearch {
  subscriptionId: string;
  periodId: string;
  offeringId?: string;
  usageType?: string;
  zone?: string;
  after: UsageRow | null;
  limit: number;
}

const behind = (after: UsageRow | null): object[] =>
  after
    ? [{ $or: [{ startAt: { $gt: after.startAt } }, { startAt: after.startAt, _id: { $gt: after._id } }] }]
    : [];

/** A subscription's billing period with usage in it. */
export interface UsedPeriod {
  accountId: string;
  subscriptionId: string;
  billingPeriodId: string;
}

/** Records summed for a bill; `late` says where they would have been charged in time. */
export type UsedLine = Omit<RatedLine, 'late'> & { late?: LatePeriod };

@Injectable()
export class UsageRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Of these record ids, those that are in already. The key itself is the guarantee. */
  async takenIds(tenantId: string, recordIds: string[]): Promise<Set<string>> {
    const keys = recordIds.map((recordId) => usageKey(tenantId, recordId));
    const rows = await this.rows(tenantId).find({ _id: { $in: keys } }, { projection: { _id: 1 } });
    return new Set(rows.map(({ _id }) => _id.slice(tenantId.length + 1)));
  }

  async insert(tenantId: string, rows: UsageRow[]): Promise<void> {
    await this.rows(tenantId).insertMany(rows);
  }

  async byRecordId(tenantId: string, recordId: string): Promise<UsageRow | null> {
    return this.rows(tenantId).findOne({ _id: usageKey(tenantId, recordId) });
  }

  /** Records by id, each with the later parts that it was cut into. */
  async withParts(tenantId: string, recordIds: readonly string[]): Promise<UsageRow[]> {
    const named: object[] = recordIds.flatMap((recordId) => {
      const part = usageKey(tenantId, partPrefix(recordId));
      return [{ _id: usageKey(tenantId, recordId) }, { _id: { $gt: part, $lt: `${part}~` } }];
    });
    return this.rows(tenantId).find({ $or: named });
  }

  async search(
    tenantId: string,
    { accountId, subscriptionIds, from, to, after, limit }: UsageSearch,
  ): Promise<UsageRow[]> {
    const between = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
    const clauses: object[] = [{ subscriptionId: { $in: subscriptionIds } }];
    if (accountId) clauses.push({ accountId });
    if (from || to) clauses.push({ startAt: between });
    clauses.push(...behind(after));
    return this.rows(tenantId).find({ $and: clauses }, { sort: { startAt: 1, _id: 1 }, limit });
  }

  async ofLine(
    tenantId: string,
    { subscriptionId, periodId, offeringId, usageType, zone, after, limit }: LineSearch,
  ): Promise<UsageRow[]> {
    const line = {
      subscriptionId,
      billingPeriodId: periodId,
      status: 'rated',
      ...(offeringId ? { offeringId } : {}),
      ...(usageType ? { usageType } : {}),
      ...(zone ? { zone } : {}),
    };
    return this.rows(tenantId).find(
      { $and: [line, ...behind(after)] },
      { sort: { startAt: 1, _id: 1 }, limit },
    );
  }

  async inSuspense(tenantId: string, afterRecordId: string | null, limit: number): Promise<UsageRow[]> {
    const after = afterRecordId === null ? {} : { _id: { $gt: usageKey(tenantId, afterRecordId) } };
    return this.rows(tenantId).find({ status: 'inSuspense', ...after }, { sort: { _id: 1 }, limit });
  }

  /** Only rows that still wait: a recycling that comes twice changes nothing the second time. */
  async leaveSuspense(tenantId: string, rated: Map<string, RatingColumns>): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      [...rated].map(([recordId, columns]) => ({
        updateOne: {
          filter: { _id: usageKey(tenantId, recordId) as never, status: 'inSuspense' },
          update: { $set: columns },
        },
      })),
    );
  }

  async ofChargingPeriods(tenantId: string, chargingPeriodIds: string[]): Promise<UsageRow[]> {
    return this.rows(tenantId).find({ chargingPeriodId: { $in: chargingPeriodIds }, status: 'rated' });
  }

  async correct(tenantId: string, corrections: Map<string, RatedColumns>): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      [...corrections].map(([_id, columns]) => ({
        updateOne: { filter: { _id: _id as never }, update: { $set: columns } },
      })),
    );
  }

  /** Records as they read now. */
  async recordsOf(tenantId: string, recordIds: string[]): Promise<UsageRecord[]> {
    const rows = await this.rows(tenantId).find({
      _id: { $in: recordIds.map((recordId) => usageKey(tenantId, recordId)) },
    });
    return rows.map((row) => ({ ...row, ...row.rerated?.record }));
  }

  async ofSessions(tenantId: string, sessions: string[]): Promise<UsageRow[]> {
    if (sessions.length === 0) return [];
    return this.rows(tenantId).find({ session: { $type: 'string', $in: sessions } }, { sort: { _id: 1 } });
  }

  /** Parts that were never rated: their session is put together anew. */
  async removeSuspended(tenantId: string, ids: string[]): Promise<void> {
    if (ids.length > 0) await this.rows(tenantId).deleteMany({ _id: { $in: ids }, status: 'inSuspense' });
  }

  /** What rating again changed, by row id. */
  async change(tenantId: string, changes: Map<string, Partial<UsageRow>>): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      [...changes].map(([_id, columns]) => ({
        updateOne: { filter: { _id: _id as never }, update: { $set: columns } },
      })),
    );
  }

  async usedPeriods(tenantId: string, chargingPeriodIds: string[]): Promise<UsedPeriod[]> {
    const groups = await this.rows(tenantId).aggregate<{ _id: UsedPeriod }>([
      { $match: { chargingPeriodId: { $in: chargingPeriodIds }, status: 'rated' } },
      {
        $group: {
          _id: {
            accountId: '$accountId',
            subscriptionId: '$subscriptionId',
            billingPeriodId: '$billingPeriodId',
          },
        },
      },
    ]);
    return groups.map(({ _id }) => _id);
  }

  /** Their own period was not billed after all (a run that was cancelled, an account set aside): they come in time. */
  async inTime(tenantId: string, chargingPeriodIds: string[]): Promise<void> {
    await this.rows(tenantId).updateMany(
      {
        'late.chargingPeriodId': { $in: chargingPeriodIds },
        chargingPeriodId: { $in: chargingPeriodIds },
      },
      { $unset: { late: '' } },
    );
  }

  /** Used before an instant: on another bill. */
  async moveToPeriod(
    tenantId: string,
    chargingPeriodIds: string[],
    { from, to, before }: { from: string; to: string; before: Instant },
  ): Promise<void> {
    await this.rows(tenantId).updateMany(
      {
        chargingPeriodId: { $in: chargingPeriodIds },
        billingPeriodId: from,
        status: 'rated',
        startAt: { $lt: before },
      },
      { $set: { billingPeriodId: to } },
    );
  }

  async linesOf(tenantId: string, chargingPeriodIds: string[]): Promise<UsedLine[]> {
    const columns = ['accountId', 'subscriptionId', 'offeringId', 'offeringVersion', 'usageType', 'zone'];
    const groups = await this.rows(tenantId).aggregate<Omit<UsedLine, keyof LineKey> & { _id: LineKey }>([
      { $match: { chargingPeriodId: { $in: chargingPeriodIds }, status: 'rated' } },
      {
        $group: {
          _id: {
            ...Object.fromEntries(columns.map((column) => [column, `$${column}`])),
            periodId: '$billingPeriodId',
            late: '$late',
          },
          firstDescription: { $min: '$description' },
          lastDescription: { $max: '$description' },
          records: { $sum: 1 },
          quantity: { $sum: '$billedQuantity' },
          includedQuantity: { $sum: '$includedQuantity' },
          amountMicro: { $sum: '$amountMicro' },
        },
      },
    ]);
    return groups.map(({ _id, ...sums }) => ({ ..._id, ...sums }));
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Usages);
  }
}

type LineKey = Pick<
  UsedLine,
  | 'accountId'
  | 'subscriptionId'
  | 'periodId'
  | 'offeringId'
  | 'offeringVersion'
  | 'usageType'
  | 'zone'
  | 'late'
>;
