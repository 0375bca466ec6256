import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type CustomersActivities, type DueRenewal, renewal as renewalProcess } from '@tollkeeper/contracts';
import { isDuplicateKey, Outbox, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import type { OfferingPrices } from '../domain/check-account';
import {
  desiredNetworkState,
  productStatusIn,
  type RenewalState,
  type Restriction,
} from '../domain/network-state';
import { planAt, priceAt } from '../domain/offering-price';
import { chargeDueAt, paidPeriodFrom, renewedPeriod } from '../domain/paid-periods';
import { payerAt } from '../domain/subscription-parties';
import { NetworkRepository } from '../network/network.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { RestrictionService } from '../network/restriction.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { TimelineRepository } from '../accounts/timeline.repository';

type InputOf<Name extends keyof CustomersActivities> = Parameters<CustomersActivities[Name]>[0];

/** Plans paid in advance: what falls due, what was paid, and what lapsed. */
@Injectable()
export class RenewalService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
    private readonly network: NetworkRepository,
    private readonly restrictions: RestrictionService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  async listDue({
    tenantId,
    before,
    after,
    limit,
  }: InputOf<'listDueRenewals'>): Promise<{ due: DueRenewal[]; next: string | null }> {
    const rows = await this.subscriptions.dueRenewals(tenantId, { dueBy: before, after, limit });
    const prices = await this.pricesOf(tenantId, rows);
    const due = rows.map((row) => dueRenewal(row, row.renewal?.paidUntil ?? before, prices));
    return { due, next: rows.length === limit ? (rows.at(-1)?._id ?? null) : null };
  }

  async nextAt({ tenantId, leadHours }: InputOf<'nextRenewalAt'>): Promise<{ at: Instant | null }> {
    const next = await this.subscriptions.nextRenewal(tenantId);
    return { at: next?.renewal ? chargeDueAt(next.renewal.paidUntil, leadHours) : null };
  }

  /** A period that was paid late begins when it was paid, and brings a lapsed service back. */
  async extend({ tenantId, at, items }: InputOf<'extendPaidPeriods'>): Promise<void> {
    if (items.length === 0) return;
    const keyOf = new Map(items.map(({ subscriptionId, key }) => [subscriptionId, key]));
    await this.db.transaction(async () => {
      const rows = await this.subscriptions.findMany(tenantId, [...keyOf.keys()]);
      const prices = await this.pricesOf(tenantId, rows);
      const restrictions = await this.restrictionsOf(tenantId, rows);
      const paid = items.flatMap((item) => {
        const row = rows.find(({ _id }) => _id === item.subscriptionId);
        if (!row?.renewal || isPaid(row, item.key)) return [];
        const { from, to } = renewedPeriod(item.from, daysOf(row, item.from, prices), at);
        const paidPeriods = [...row.paidPeriods, { from, to, key: item.key }];
        const state = desiredNetworkState(restrictions.get(row.accountId) ?? 'active', 'active');
        const status = productStatusIn(state, row.status);
        return [
          {
            row,
            from,
            to,
            state,
            change: {
              paidPeriods,
              status,
              renewal: { state: 'active' as const, paidUntil: to, failingKey: null },
            },
          },
        ];
      });
      if (paid.length === 0) return;
      await this.subscriptions.updateMany(
        tenantId,
        paid.map(({ row, change }) => ({ subscriptionId: row._id, change })),
      );
      await this.restrictions.orderStates(
        tenantId,
        at,
        paid
          .filter(({ row }) => row.renewal?.state === 'lapsed')
          .map(({ row, state }) => ({ subscription: row, state, key: `${keyOf.get(row._id)}/restore` })),
      );
      await this.timeline.record(
        tenantId,
        paid.map(({ row, from, to }) => ({
          accountId: row.accountId,
          at,
          what: 'renewed',
          details: { subscriptionId: row._id, from, to },
        })),
      );
      await this.news.changed(
        tenantId,
        at,
        paid.map(({ row }) => row.accountId),
      );
      // The renewals process is the one that extends those in good standing; of others it does not know.
      if (paid.some(({ row }) => row.renewal?.state !== 'active'))
        await this.news.renewalsChanged(tenantId, at);
    });
  }

  /** Opens the subscription's own renewal process; the same key opens it once. */
  async markFailing({ tenantId, at, items }: InputOf<'markRenewalFailing'>): Promise<void> {
    await this.db.transaction(async () => {
      const rows = await this.subscriptions.findMany(
        tenantId,
        items.map(({ subscriptionId }) => subscriptionId),
      );
      const prices = await this.pricesOf(tenantId, rows);
      const failing = items.flatMap(({ subscriptionId, from, key }) => {
        const row = rows.find(({ _id }) => _id === subscriptionId);
        if (row?.renewal?.state !== 'active' || isPaid(row, key)) return [];
        return [
          {
            row,
            from,
            renewal: { state: 'failing' as const, paidUntil: row.renewal.paidUntil, failingKey: key },
          },
        ];
      });
      await this.subscriptions.updateMany(
        tenantId,
        failing.map(({ row, renewal }) => ({ subscriptionId: row._id, change: { renewal } })),
      );
      await this.timeline.record(
        tenantId,
        failing.map(({ row, from }) => ({
          accountId: row.accountId,
          at,
          what: 'renewalFailing',
          details: { subscriptionId: row._id, from },
        })),
      );
      await this.outbox.start(
        renewalProcess,
        failing.map(({ row, from }) => ({ tenantId, at, renewal: dueRenewal(row, from, prices) })),
      );
    });
  }

  /** Grace is over: the service stops, nothing is owed. A renewal that was paid meanwhile keeps it. */
  async lapse({ tenantId, subscriptionId, key, at }: InputOf<'lapseSubscription'>): Promise<void> {
    const row = await this.subscriptions.find(tenantId, subscriptionId);
    if (!row) throw refusal('accountUnknown', `there is no subscription ${subscriptionId}`);
    if (row.renewal?.state !== 'failing') return;
    const stored = this.db.transaction(async () => {
      const current = await this.subscriptions.find(tenantId, subscriptionId);
      if (current?.renewal?.state !== 'failing') return;
      await this.network.recordStep(tenantId, key, { accountId: row.accountId, at, subscriptions: 1 });
      const change = {
        status: productStatusIn('suspended', current.status),
        renewal: { ...current.renewal, state: 'lapsed' as RenewalState },
      };
      await this.subscriptions.update(tenantId, subscriptionId, change);
      await this.restrictions.orderStates(tenantId, at, [{ subscription: current, state: 'suspended', key }]);
      await this.timeline.record(tenantId, [
        { accountId: row.accountId, at, what: 'lapsed', details: { subscriptionId } },
      ]);
      await this.news.changed(tenantId, at, [row.accountId]);
      await this.outbox.tell(tenantId, at, 'messageRequested', [
        {
          key: `${key}/renewalLapsed`,
          accountId: row.accountId,
          channel: 'email',
          template: 'renewalLapsed',
          data: {},
          attachments: [],
          requestedAt: at,
        },
      ]);
    });
    await stored.catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  private async restrictionsOf(tenantId: string, rows: SubscriptionRow[]): Promise<Map<string, Restriction>> {
    const accounts = await this.accounts.findMany(tenantId, [
      ...new Set(rows.map(({ accountId }) => accountId)),
    ]);
    return new Map(accounts.map(({ _id, restriction }) => [_id, restriction]));
  }

  private pricesOf(tenantId: string, rows: SubscriptionRow[]): Promise<OfferingPrices> {
    return this.offerings.prices(
      tenantId,
      rows.flatMap(({ plans }) => plans.map(({ offeringId }) => offeringId)),
    );
  }
}

const isPaid = ({ paidPeriods }: SubscriptionRow, key: string | undefined): boolean =>
  paidPeriods.some((period) => period.key === key);

function priceOf({ _id, plans }: SubscriptionRow, from: Instant, prices: OfferingPrices) {
  const offeringId = planAt(plans, from)?.offeringId;
  const price = offeringId === undefined ? null : priceAt(prices.get(offeringId) ?? [], from);
  if (!price?.paidInAdvance) throw new Error(`subscription ${_id} has no plan paid in advance at ${from}`);
  return { ...price, paidInAdvance: price.paidInAdvance };
}

const daysOf = (row: SubscriptionRow, from: Instant, prices: OfferingPrices): number =>
  priceOf(row, from, prices).paidInAdvance.days;

function dueRenewal(row: SubscriptionRow, from: Instant, prices: OfferingPrices): DueRenewal {
  const { offeringId, currency, paidInAdvance } = priceOf(row, from, prices);
  const period = paidPeriodFrom(from, paidInAdvance.days);
  return {
    subscriptionId: row._id,
    accountId: payerAt(row, from),
    offeringId,
    amountMinor: paidInAdvance.amountMinor,
    currency,
    ...period,
  };
}
