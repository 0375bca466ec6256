import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import { notFound, type Principal } from '@tollkeeper/platform';
import {
  type BucketStand,
  bucketStands,
  type CompiledCatalog,
  CyclePeriods,
  entitlementOf,
  grantsIn,
  noRest,
  paidPeriodAt,
  type UsagePeriod,
  versionAt,
} from '@tollkeeper/tariff';
import type { AccountRow } from '../accounts/account.schema';
import { ChargingPeriodRepository } from './charging-period.repository';
import { chargingPeriodId, type ChargingPeriodRow } from './charging-period.schema';
import { newChargingPeriod, stateOf } from './charging-period-state';
import { openedWith, restOfRow } from './period-rest';
import { PublicationService } from '../publications/publication.service';
import { UsageService } from '../usage/usage.service';

interface SubscriptionBuckets {
  subscriptionId: string;
  /** `null` where no plan runs, or none that is paid for. */
  period: { from: Instant; to: Instant } | null;
  buckets: BucketStand[];
}

/** What the allowances of a subscription (and its pool) have left at a moment. */
@Injectable()
export class BucketService {
  constructor(
    private readonly usage: UsageService,
    private readonly publications: PublicationService,
    private readonly chargingPeriods: ChargingPeriodRepository,
  ) {}

  async of(principal: Principal, subscriptionId: string, at: Instant): Promise<SubscriptionBuckets> {
    const account = await this.usage.visibleAccount(principal, { subscriptionId });
    const subscription = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
    if (!subscription) throw notFound('subscription', subscriptionId);
    const catalog = await this.publications.catalog(principal.tenantId);
    const periods = new CyclePeriods();
    const found = periodOf(account, subscription, catalog, periods, at);
    if (!found) return { subscriptionId, period: null, buckets: [] };
    const { period, isPaid } = found;
    const before = isPaid || !account.cycle ? null : periods.before(account.cycle, period);
    const row = await this.rowOf(principal.tenantId, account, subscription, { period, before, catalog });
    const stands = bucketStands(
      grantsIn(entitlementOf(account, subscription, catalog), period),
      stateOf(row),
      at,
      membersToShow(principal, account, subscription),
    );
    return { subscriptionId, period: { from: period.fromAt, to: period.toAt }, buckets: stands };
  }

  /** As usage would find it now: a period that was not touched yet has what the one before it left. */
  private async rowOf(
    tenantId: string,
    account: AccountRow,
    { poolId, subscriptionId }: SubscriptionProfile,
    {
      period,
      before,
      catalog,
    }: { period: UsagePeriod; before: UsagePeriod | null; catalog: CompiledCatalog },
  ): Promise<ChargingPeriodRow> {
    const groupId = poolId ?? subscriptionId;
    const idOf = ({ key }: UsagePeriod) => chargingPeriodId(tenantId, groupId, key);
    const rows = await this.chargingPeriods.byIds(
      tenantId,
      before ? [idOf(period), idOf(before)] : [idOf(period)],
    );
    const { accountId } = account;
    const own =
      rows.find(({ _id }) => _id === idOf(period)) ??
      newChargingPeriod(idOf(period), { groupId, accountId, period });
    if (own.last !== null || own.before) return own;
    const previous = before && rows.find(({ _id }) => _id === idOf(before));
    if (!previous) return own;
    const known = { catalog, accounts: new Map([[accountId, account]]) };
    const isClosed = previous.closedBy !== null;
    return openedWith(
      own,
      isClosed ? (previous.rest ?? noRest) : { carried: [], opening: restOfRow(previous, known).opening },
    );
  }
}

/** Who holds a subscription that somebody else pays for sees its own share of the payer's pool, not that of the others. */
function membersToShow(
  { kind, accountId }: Principal,
  account: AccountRow,
  { subscriptionId, poolId }: SubscriptionProfile,
): string[] {
  if (kind === 'subscriber' && accountId !== account.accountId) return [subscriptionId];
  return account.subscriptions
    .filter((each) => poolId !== null && each.poolId === poolId)
    .map((each) => each.subscriptionId);
}

function periodOf(
  account: AccountRow,
  { plans, paidPeriods }: SubscriptionProfile,
  { offerings }: CompiledCatalog,
  periods: CyclePeriods,
  at: Instant,
): { period: UsagePeriod; isPaid: boolean } | null {
  const plan = plans.find(({ from, to }) => from <= at && (to === null || at < to));
  const offering = plan && versionAt(offerings.get(plan.offeringId), at);
  if (!offering) return null;
  if (!offering.paidInAdvance)
    return account.cycle && { period: periods.at(account.cycle, at), isPaid: false };
  const isPaid = paidPeriods.some(({ from, to }) => from <= at && at < to);
  return isPaid ? { period: paidPeriodAt(paidPeriods, at), isPaid } : null;
}
