import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { BillingPeriodRepository } from '../periods/billing-period.repository';
import type { BillingPeriodRow } from '../periods/billing-period.schema';
import { Usages } from '../usage/usage.schema';

export const lateStates = ['waiting', 'beingBilled', 'billed', 'reported'] as const;
type LateState = (typeof lateStates)[number];

/** Late usage of a subscription that was used in one period and came in one other. */
interface LateUsage {
  periodId: string;
  accountId: string;
  subscriptionId: string;
  usedFrom: LocalDate;
  usedTo: LocalDate;
  usageType: string;
  records: number;
  quantity: number;
  includedQuantity: number;
  amountMicro: number;
}

type LateItem = LateUsage & { state: LateState; runId: string | null; invoiceId: string | null };

interface LateFilter {
  accountId?: string;
  state?: LateState;
  usedFrom?: LocalDate;
  usedTo?: LocalDate;
  after: string;
}

type LateKey = Pick<LateUsage, 'periodId' | 'accountId' | 'subscriptionId' | 'usageType'> & {
  late: { from: LocalDate; to: LocalDate };
};

/** Of a page that is filtered by state so many are looked through at most. */
const mostPages = 40;
const groupsAtOnce = 500;

@Injectable()
export class LateUsageRepository {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly billingPeriods: BillingPeriodRepository,
  ) {}

  /** By period and kind of usage. */
  async list(tenantId: string, filter: LateFilter, limit: number): Promise<LateItem[]> {
    const found: LateItem[] = [];
    let after = filter.after;
    for (let page = 0; page < mostPages && found.length < limit; page += 1) {
      const groups = await this.groups(tenantId, { ...filter, after });
      found.push(...(await this.withOutcome(tenantId, groups)).filter(isIn(filter.state)));
      const last = groups.at(-1);
      if (!last || groups.length < groupsAtOnce) break;
      after = itemId(last);
    }
    return found.slice(0, limit);
  }

  private async groups(
    tenantId: string,
    { accountId, usedFrom, usedTo, after }: LateFilter,
  ): Promise<LateUsage[]> {
    const rows = await this.db
      .tenant(tenantId)
      .collection(Usages)
      .aggregate<Omit<LateUsage, keyof LateKey | 'usedFrom' | 'usedTo'> & { _id: LateKey }>([
        {
          $match: {
            status: 'rated',
            'late.chargingPeriodId': { $exists: true },
            billingPeriodId: { $gte: after.split('#')[0] ?? '' },
            ...(accountId ? { accountId } : {}),
            ...(usedFrom ? { 'late.to': { $gt: usedFrom } } : {}),
            ...(usedTo ? { 'late.from': { $lt: usedTo } } : {}),
          },
        },
        {
          $group: {
            _id: {
              periodId: '$billingPeriodId',
              accountId: '$accountId',
              subscriptionId: '$subscriptionId',
              usageType: '$usageType',
              late: { from: '$late.from', to: '$late.to' },
            },
            records: { $sum: 1 },
            quantity: { $sum: '$billedQuantity' },
            includedQuantity: { $sum: '$includedQuantity' },
            amountMicro: { $sum: '$amountMicro' },
          },
        },
        { $set: { itemId: { $concat: ['$_id.periodId', '#', '$_id.usageType'] } } },
        { $match: { itemId: { $gt: after } } },
        { $sort: { itemId: 1 } },
        { $limit: groupsAtOnce },
        { $project: { itemId: 0 } },
      ]);
    return rows.map(({ _id: { late, ...key }, ...sums }) => ({
      ...key,
      usedFrom: late.from,
      usedTo: late.to,
      ...sums,
    }));
  }

  private async withOutcome(tenantId: string, groups: readonly LateUsage[]): Promise<LateItem[]> {
    const periodIds = [...new Set(groups.map(({ periodId }) => periodId))];
    const rows = await this.billingPeriods.byPeriodIds(tenantId, periodIds);
    const byId = new Map(rows.map((row) => [row.periodId, row]));
    return groups.map((group) => {
      const row = byId.get(group.periodId);
      return {
        ...group,
        state: stateOf(row),
        runId: row?.runId ?? null,
        invoiceId: row?.invoiceId ?? null,
      };
    });
  }
}

export const itemId = ({ periodId, usageType }: Pick<LateUsage, 'periodId' | 'usageType'>): string =>
  `${periodId}#${usageType}`;

const isIn =
  (state: LateState | undefined) =>
  (item: LateItem): boolean =>
    state === undefined || item.state === state;

function stateOf(row: BillingPeriodRow | undefined): LateState {
  if (!row) return 'waiting';
  if (row.reported) return 'reported';
  return row.invoiceId === null ? 'beingBilled' : 'billed';
}
