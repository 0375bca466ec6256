import { Injectable } from '@nestjs/common';
import type { DueRenewal } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { checkPlan } from '../domain/check-account';
import { planAt, priceAt } from '../domain/offering-price';
import { Eligibility } from '../orders/eligibility.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { RenewalRow, SubscriptionRow } from '../subscriptions/subscription.schema';
import { dueRenewal, offeringsOf } from './due-renewal';

export interface RenewalChange {
  autoRenew?: boolean;
  /** `null`: the plan stays. */
  nextOfferingId?: string | null;
}

export interface RenewalDetails {
  subscriptionId: string;
  renewal: RenewalRow;
  /** What the next period will be charged for; `null` when there will be none. */
  next: DueRenewal | null;
}

/** Whether and with which plan a subscription goes on after the period that is paid for. */
@Injectable()
export class RenewalSettings {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly eligibility: Eligibility,
  ) {}

  async show(principal: Principal, subscriptionId: string): Promise<RenewalDetails> {
    const at = await this.clock.now(principal.tenantId);
    return this.details(principal.tenantId, await this.own(principal, subscriptionId), at);
  }

  async change(principal: Principal, subscriptionId: string, wanted: RenewalChange): Promise<RenewalDetails> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const changed = await this.db.transaction(async () => {
      const row = await this.own(principal, subscriptionId);
      const before = row.renewal;
      if (!before || before.state === 'expired' || row.status === 'terminated')
        throw conflict(
          'notRenewable',
          `Subscription ${subscriptionId} has ended.`,
          'Add a new subscription.',
        );
      if (wanted.nextOfferingId) await this.refuseOtherPlan(tenantId, row, before, wanted.nextOfferingId);
      const renewal = { ...before, ...wanted };
      await this.subscriptions.update(tenantId, subscriptionId, { renewal });
      const { accountId } = row;
      const details = {
        subscriptionId,
        autoRenew: renewal.autoRenew ? 'on' : 'off',
        nextOfferingId: renewal.nextOfferingId,
      };
      const entry = { at, what: 'changeRenewal', entity: subscriptionId, before, after: renewal };
      await this.audit.record(principal, entry);
      await this.timeline.record(tenantId, [{ accountId, at, what: 'changeRenewal', details }]);
      await this.news.renewalsChanged(tenantId, at);
      return { ...row, renewal };
    });
    return this.details(tenantId, changed, at);
  }

  /** Subscribers act on their own account; anyone else's subscription is, to them, not there. */
  async own({ tenantId, kind, accountId }: Principal, subscriptionId: string): Promise<SubscriptionRow> {
    const row = await this.subscriptions.find(tenantId, subscriptionId);
    if (!row || (kind === 'subscriber' && row.accountId !== accountId))
      throw notFound('subscription', subscriptionId);
    return row;
  }

  private async refuseOtherPlan(
    tenantId: string,
    subscription: SubscriptionRow,
    { paidUntil }: RenewalRow,
    offeringId: string,
  ): Promise<void> {
    const { plans, accountId } = subscription;
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    const prices = await this.offerings.prices(tenantId, [offeringId]);
    const sale = { offeringId, as: 'plan' as const, from: paidUntil };
    const findings = [
      ...checkPlan(offeringId, paidUntil, account, prices),
      ...(await this.eligibility.check(tenantId, { ...sale, account, subscription })),
    ];
    refuseFindings(findings.map(({ reason }) => ({ field: 'nextOfferingId', reason })));
    if (!priceAt(prices.get(offeringId) ?? [], paidUntil)?.paidInAdvance)
      throw badInput(
        'nextOfferingId',
        `${offeringId} is invoiced, this subscription is paid in advance.`,
        'End the subscription and add one with the new plan.',
      );
    const last = plans.at(-1);
    if (last && last.from >= paidUntil)
      throw conflict('planScheduled', `Plan ${last.offeringId} is to begin at ${last.from}.`);
  }

  private async details(tenantId: string, row: SubscriptionRow, at: string): Promise<RenewalDetails> {
    const { _id: subscriptionId, renewal } = row;
    if (!renewal)
      throw conflict('notPaidInAdvance', `Subscription ${subscriptionId} is not paid in advance.`);
    const goesOn = renewal.state !== 'expired' && row.status !== 'terminated';
    const begins = at > renewal.paidUntil ? at : renewal.paidUntil;
    const isPlanned = renewal.nextOfferingId !== null || planAt(row.plans, begins) !== null;
    const isWanted = renewal.autoRenew || renewal.state === 'lapsed';
    if (!goesOn || !isPlanned || !isWanted) return { subscriptionId, renewal, next: null };
    const prices = await this.offerings.prices(tenantId, offeringsOf([row]));
    return { subscriptionId, renewal, next: dueRenewal(row, prices, at) };
  }
}
