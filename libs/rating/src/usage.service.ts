import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { Allowance, OfferingVersion, SubscriptionProfile } from '@tollkeeper/contracts';
import { notFound, type Principal } from '@tollkeeper/platform';
import {
  bucketOf,
  CyclePeriods,
  paidPeriodAt,
  type UsagePeriod,
  versionAt,
  withAddOns,
} from '@tollkeeper/tariff';
import { AccountRepository } from './account.repository';
import type { AccountRow } from './account.schema';
import { ChargingPeriodRepository } from './charging-period.repository';
import { chargingPeriodId } from './charging-period.schema';
import { PublicationService } from './publication.service';
import { UsageCorrectionRepository } from './usage-correction.repository';
import type { UsageCorrectionRow } from './usage-correction.schema';
import { type LineSearch, UsageRepository } from './usage.repository';
import type { UsageRow } from './usage.schema';

export interface UsageQuery {
  accountId?: string;
  subscriptionId?: string;
  from?: Instant;
  to?: Instant;
  startingAfter?: string;
  limit: number;
}

export interface Balances {
  subscriptionId: string;
  period: { from: Instant; to: Instant } | null;
  buckets: {
    allowanceId: string;
    name: string;
    usageType: string;
    shared: boolean;
    unitsTotal: number;
    unitsUsed: number;
    unitsLeft: number;
  }[];
}

export interface ExplainedUsage {
  row: UsageRow;
  corrections: UsageCorrectionRow[];
}

export type LineQuery = Omit<LineSearch, 'after'> & { startingAfter?: string };

/** What screens ask: a subscriber's usage with its explanation, and what the allowances have left. */
@Injectable()
export class UsageService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly publications: PublicationService,
    private readonly usages: UsageRepository,
    private readonly chargingPeriods: ChargingPeriodRepository,
    private readonly corrections: UsageCorrectionRepository,
  ) {}

  async search(principal: Principal, query: UsageQuery): Promise<UsageRow[]> {
    const { tenantId } = principal;
    const account = await this.visibleAccount(principal, query);
    const subscriptionIds = query.subscriptionId
      ? [query.subscriptionId]
      : account.subscriptions.map(({ subscriptionId }) => subscriptionId);
    const after = query.startingAfter ? await this.usages.byRecordId(tenantId, query.startingAfter) : null;
    if (query.startingAfter && !after) throw notFound('usage record', query.startingAfter);
    const { from, to, limit } = query;
    return this.usages.search(tenantId, {
      accountId: account.accountId,
      subscriptionIds,
      from,
      to,
      after,
      limit,
    });
  }

  /** A record and every rating that it had; a subscriber sees the own ones only. */
  async explain(principal: Principal, recordId: string): Promise<ExplainedUsage> {
    const { tenantId } = principal;
    const row = await this.usages.byRecordId(tenantId, recordId);
    if (!row || (principal.kind === 'subscriber' && !row.subscriptionId))
      throw notFound('usage record', recordId);
    if (row.subscriptionId && principal.kind === 'subscriber') {
      await this.visibleAccount(principal, { subscriptionId: row.subscriptionId });
    }
    return { row, corrections: await this.corrections.ofRecord(tenantId, recordId) };
  }

  /** The records that a bill's line sums up. */
  async ofLine(principal: Principal, { startingAfter, ...line }: LineQuery): Promise<UsageRow[]> {
    const { tenantId } = principal;
    await this.visibleAccount(principal, { subscriptionId: line.subscriptionId });
    const after = startingAfter ? await this.usages.byRecordId(tenantId, startingAfter) : null;
    if (startingAfter && !after) throw notFound('usage record', startingAfter);
    return this.usages.ofLine(tenantId, { ...line, after });
  }

  async balances(principal: Principal, subscriptionId: string, at: Instant): Promise<Balances> {
    const account = await this.visibleAccount(principal, { subscriptionId });
    const subscription = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
    if (!subscription) throw notFound('subscription', subscriptionId);
    const offering = await this.offeringAt(principal.tenantId, subscription, at);
    const period = offering && periodOf(account, subscription, offering, at);
    if (!offering || !period) return { subscriptionId, period: null, buckets: [] };
    const groupId = subscription.poolId ?? subscriptionId;
    const [row] = await this.chargingPeriods.byIds(principal.tenantId, [
      chargingPeriodId(principal.tenantId, groupId, period.key),
    ]);
    const used = new Map(row?.buckets.map((bucket) => [bucket.bucket, bucket.used]));
    const buckets = offering.allowances.map((allowance) =>
      bucketView(allowance, used.get(bucketOf(allowance, subscription)) ?? 0),
    );
    return { subscriptionId, period: { from: period.fromAt, to: period.toAt }, buckets };
  }

  private async offeringAt(
    tenantId: string,
    subscription: SubscriptionProfile,
    at: Instant,
  ): Promise<OfferingVersion | undefined> {
    const plan = subscription.plans.find(({ from, to }) => from <= at && (to === null || at < to));
    const { offerings } = await this.publications.catalog(tenantId);
    const planned = plan && versionAt(offerings.get(plan.offeringId), at);
    return planned && withAddOns(planned, subscription, { offerings }, at);
  }

  /** The account asked for, or of the subscription asked for; to a subscriber any other account is not there. */
  private async visibleAccount(
    principal: Principal,
    { accountId, subscriptionId }: { accountId?: string; subscriptionId?: string },
  ): Promise<AccountRow> {
    const { tenantId } = principal;
    const wanted = accountId ?? (subscriptionId ? undefined : (principal.accountId ?? undefined));
    const account = wanted
      ? ((await this.accounts.byIds(tenantId, [wanted]))[0] ?? null)
      : await this.accounts.ofSubscription(tenantId, subscriptionId ?? '');
    const wantedOne = account?.subscriptions.find((each) => each.subscriptionId === subscriptionId);
    const isVisible =
      principal.kind !== 'subscriber' ||
      account?.accountId === principal.accountId ||
      // Whoever holds it sees its usage, also when somebody else pays.
      (wantedOne !== undefined && wantedOne.slice?.holderAccountId === principal.accountId);
    const holds = !subscriptionId || wantedOne !== undefined;
    if (account && isVisible && holds) return account;
    throw subscriptionId ? notFound('subscription', subscriptionId) : notFound('account', wanted ?? '');
  }
}

function periodOf(
  account: AccountRow,
  { paidPeriods }: SubscriptionProfile,
  offering: OfferingVersion,
  at: Instant,
): UsagePeriod | null {
  if (!offering.paidInAdvance) return account.cycle && new CyclePeriods().at(account.cycle, at);
  return paidPeriods.some(({ from, to }) => from <= at && at < to) ? paidPeriodAt(paidPeriods, at) : null;
}

const bucketView = (
  { allowanceId, name, usageType, shared, units }: Allowance,
  unitsUsed: number,
): Balances['buckets'][number] => ({
  allowanceId,
  name,
  usageType,
  shared,
  unitsTotal: units,
  unitsUsed,
  unitsLeft: Math.max(0, units - unitsUsed),
});
