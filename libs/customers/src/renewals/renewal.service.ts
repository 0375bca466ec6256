import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  type CustomersActivities,
  type DueRenewal,
  periodWhenPaid,
  renewal as renewalProcess,
  renewalIdOf,
  renewalPaymentChanged,
} from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { accountStateOf, type AccountState, productStatusIn } from '../domain/network-state';
import { chargeDueAt } from '../domain/paid-periods';
import { renewalAfter } from '../domain/renewal-states';
import { liveStateOf } from '../domain/sim-state';
import { RestrictionService } from '../network/restriction.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { dueRenewal, offeringsOf, plansFrom } from './due-renewal';
import { RenewalPolicyService } from './renewal-policy.service';
import { UnusedPeriods } from './unused-periods.service';

type InputOf<Name extends keyof CustomersActivities> = Parameters<CustomersActivities[Name]>[0];
export type PaidItem = InputOf<'extendPaidPeriods'>['items'][0];

interface Extension {
  row: SubscriptionRow;
  from: Instant;
  to: Instant;
  /** What the account's debts let the SIM do. */
  network: AccountState;
  change: Partial<SubscriptionRow>;
}

/** Plans paid in advance: what falls due and what was paid. */
@Injectable()
export class RenewalService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
    private readonly restrictions: RestrictionService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly policies: RenewalPolicyService,
    private readonly unused: UnusedPeriods,
  ) {}

  async listDue({
    tenantId,
    before,
    after,
    limit,
  }: InputOf<'listDueRenewals'>): Promise<{ due: DueRenewal[]; next: string | null }> {
    const rows = await this.subscriptions.dueRenewals(tenantId, { dueBy: before, after, limit });
    const prices = await this.offerings.prices(tenantId, offeringsOf(rows));
    const due = rows.map((row) => dueRenewal(row, prices));
    return { due, next: rows.length === limit ? (rows.at(-1)?._id ?? null) : null };
  }

  /** When the next one is to be charged, or ends unrenewed, or has lapsed for long enough. */
  async nextAt({ tenantId, leadHours }: InputOf<'nextRenewalAt'>): Promise<{ at: Instant | null }> {
    const [charged, ending, kept] = await Promise.all([
      this.subscriptions.nextRenewal(tenantId),
      this.subscriptions.nextEnding(tenantId),
      this.subscriptions.nextExpiring(tenantId),
    ]);
    const instants = [
      charged?.renewal ? chargeDueAt(charged.renewal.paidUntil, leadHours) : null,
      ending?.renewal?.paidUntil ?? null,
      kept?.renewal?.keptUntil ?? null,
    ];
    return { at: instants.filter((at) => at !== null).sort()[0] ?? null };
  }

  /** A period that was paid late begins when it was paid, and brings a lapsed service back. */
  async extend({ tenantId, at, items }: InputOf<'extendPaidPeriods'>): Promise<void> {
    if (items.length === 0) return;
    const itemOf = new Map(items.map((item) => [item.subscriptionId, item]));
    await this.db.transaction(async () => {
      const rows = await this.subscriptions.findMany(tenantId, [...itemOf.keys()]);
      const unpaid = rows.filter((row) => !isPaid(row, itemOf.get(row._id)?.key));
      const restrictions = await this.restrictionsOf(tenantId, unpaid);
      const paid = unpaid.flatMap((row) => {
        const item = itemOf.get(row._id) as PaidItem;
        return extension(row, item, item.paidAt ?? at, restrictions.get(row.accountId) ?? 'active') ?? [];
      });
      await this.giveBackTooLate(tenantId, at, unpaid.filter(isOver), itemOf);
      if (paid.length === 0) return;
      await this.subscriptions.updateMany(
        tenantId,
        paid.map(({ row, change }) => ({ subscriptionId: row._id, change })),
      );
      const restored = paid.filter(({ row }) => row.renewal?.state === 'lapsed');
      const orders = restored.map(({ row, network: state }) => ({
        ...{ subscription: row, state },
        key: `${itemOf.get(row._id)?.key}/restore`,
      }));
      await this.restrictions.orderStates(tenantId, at, orders);
      await this.tellExtended(tenantId, at, paid, itemOf);
    });
  }

  /** Opens the subscription's own renewal process; the same key opens it once. */
  async markFailing({ tenantId, at, items }: InputOf<'markRenewalFailing'>): Promise<void> {
    const { retryHours, graceHours } = await this.policies.rulesAt(tenantId, at);
    await this.db.transaction(async () => {
      const rows = await this.subscriptions.findMany(
        tenantId,
        items.map(({ subscriptionId }) => subscriptionId),
      );
      const prices = await this.offerings.prices(tenantId, offeringsOf(rows));
      const failing = items.flatMap(({ subscriptionId, from, key }) => {
        const row = rows.find(({ _id }) => _id === subscriptionId);
        const state = row?.renewal && renewalAfter(row.renewal.state, 'refused');
        if (!row?.renewal || !state || isPaid(row, key)) return [];
        return [{ row, from, renewal: { ...row.renewal, state, failingKey: key } }];
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
      const rules = { retryHours, graceHours };
      await this.outbox.start(
        renewalProcess,
        failing.map(({ row }) => ({ tenantId, at, renewal: dueRenewal(row, prices), rules })),
      );
    });
  }

  private async tellExtended(
    tenantId: string,
    at: Instant,
    paid: Extension[],
    itemOf: ReadonlyMap<string, PaidItem>,
  ): Promise<void> {
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
    // Paid by hand: the process that still retries has nothing left to do.
    for (const { row } of paid.filter(({ row: { renewal } }) => renewal?.state === 'grace')) {
      const event = { eventId: `${itemOf.get(row._id)?.key}/paid`, at };
      await this.outbox.signal(tenantId, renewalIdOf(tenantId, row._id), renewalPaymentChanged, event);
    }
  }

  /** The subscription ended while its charge was on its way: all of the money goes back, whatever the rules say. */
  private async giveBackTooLate(
    tenantId: string,
    at: Instant,
    over: SubscriptionRow[],
    itemOf: ReadonlyMap<string, PaidItem>,
  ): Promise<void> {
    const facts = over.flatMap(({ _id: subscriptionId, accountId }) => {
      const item = itemOf.get(subscriptionId);
      if (!item) return [];
      const { from, to } = periodWhenPaid(item, item.paidAt ?? at);
      const period = { dueFrom: item.from, from, to, unusedFrom: from };
      return [{ accountId, subscriptionId, ...period, rounding: 'down' as const }];
    });
    await this.unused.tell(tenantId, at, facts);
  }

  private async restrictionsOf(
    tenantId: string,
    rows: SubscriptionRow[],
  ): Promise<Map<string, AccountState>> {
    const accounts = await this.accounts.findMany(tenantId, [
      ...new Set(rows.map(({ accountId }) => accountId)),
    ]);
    return new Map(accounts.map((account) => [account._id, accountStateOf(account)]));
  }
}

export const isPaid = ({ paidPeriods }: SubscriptionRow, key: string | undefined): boolean =>
  paidPeriods.some((period) => period.key === key);

export const isOver = ({ status, renewal }: SubscriptionRow): boolean =>
  status === 'terminated' || renewal === null || renewal.state === 'expired';

function extension(
  row: SubscriptionRow,
  item: PaidItem,
  paidAt: Instant,
  account: AccountState,
): Extension | null {
  const { renewal } = row;
  const state = renewal && renewalAfter(renewal.state, 'paid');
  if (!renewal || !state || isOver(row)) return null;
  const { from, to } = periodWhenPaid(item, paidAt);
  const network = liveStateOf({ ...row, renewal: { state } }, account);
  const change = {
    plans: plansFrom(row.plans, item.offeringId, from),
    paidPeriods: [...row.paidPeriods, { from, to, key: item.key }],
    status: renewal.state === 'lapsed' ? productStatusIn(network, row.status) : row.status,
    renewal: {
      ...renewal,
      ...{ state, paidUntil: to, failingKey: null, lapsedAt: null, keptUntil: null },
      nextOfferingId: renewal.nextOfferingId === item.offeringId ? null : renewal.nextOfferingId,
    },
  };
  return { row, from, to, network, change };
}
