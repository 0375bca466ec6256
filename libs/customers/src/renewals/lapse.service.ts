import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import type { CustomersActivities } from '@tollkeeper/contracts';
import { isDuplicateKey, Outbox, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { TimelineRepository } from '../accounts/timeline.repository';
import { productStatusIn } from '../domain/network-state';
import { renewalAfter, type RenewalEvent } from '../domain/renewal-states';
import { AssignmentService } from '../identifiers/assignment.service';
import { NetworkRepository } from '../network/network.repository';
import { RestrictionService } from '../network/restriction.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { RenewalRow, SubscriptionRow } from '../subscriptions/subscription.schema';
import { RenewalPolicyService } from './renewal-policy.service';

type InputOf<Name extends keyof CustomersActivities> = Parameters<CustomersActivities[Name]>[0];

/** How a plan paid in advance ends: it lapses, and once its number has been kept for long enough it expires. */
@Injectable()
export class LapseService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentService,
    private readonly network: NetworkRepository,
    private readonly restrictions: RestrictionService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly policies: RenewalPolicyService,
  ) {}

  /** Grace is over: the service stops, nothing is owed. A renewal that was paid meanwhile keeps it. */
  async lapse({ tenantId, subscriptionId, key, at }: InputOf<'lapseSubscription'>): Promise<void> {
    const row = await this.subscriptions.find(tenantId, subscriptionId);
    if (!row) throw refusal('accountUnknown', `there is no subscription ${subscriptionId}`);
    await this.stop(tenantId, at, [{ row, key }], 'graceEnded');
  }

  /** Plans that were not to be renewed, and those that have lapsed for as long as their number is kept. */
  async closePeriods(
    tenantId: string,
    at: Instant,
    limit: number,
  ): Promise<{ lapsed: number; expired: number; more: boolean }> {
    const ending = await this.subscriptions.ending(tenantId, at, limit);
    const keyed = ending.map((row) => ({ row, key: `${row._id}/${row.renewal?.paidUntil}/end` }));
    await this.stop(tenantId, at, keyed, 'notRenewed');
    const expiring = await this.subscriptions.expiring(tenantId, at, limit);
    await this.expire(tenantId, at, expiring);
    const more = ending.length === limit || expiring.length === limit;
    return { lapsed: ending.length, expired: expiring.length, more };
  }

  private async stop(
    tenantId: string,
    at: Instant,
    stopping: { row: SubscriptionRow; key: string }[],
    event: RenewalEvent,
  ): Promise<void> {
    const wanted = stopping.filter(({ row }) => lapsing(row, event));
    if (wanted.length === 0) return;
    const { keepNumberDays } = await this.policies.rulesAt(tenantId, at);
    for (const { row, key } of wanted) {
      const stored = this.db.transaction(async () => {
        const current = await this.subscriptions.find(tenantId, row._id);
        if (!current?.renewal || !lapsing(current, event)) return;
        await this.network.recordStep(tenantId, key, { accountId: row.accountId, at, subscriptions: 1 });
        await this.subscriptions.update(tenantId, row._id, {
          status: productStatusIn('suspended', current.status),
          renewal: lapsed(current.renewal, at, keepNumberDays),
        });
        const order = { subscription: current, state: 'suspended' as const, key };
        await this.restrictions.orderStates(tenantId, at, [order]);
        await this.tellLapsed(tenantId, at, current, key);
      });
      await stored.catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error;
      });
    }
  }

  private async tellLapsed(tenantId: string, at: Instant, row: SubscriptionRow, key: string): Promise<void> {
    const { _id: subscriptionId, accountId } = row;
    await this.timeline.record(tenantId, [{ accountId, at, what: 'lapsed', details: { subscriptionId } }]);
    await this.news.changed(tenantId, at, [accountId]);
    await this.news.renewalsChanged(tenantId, at);
    const template = 'renewalLapsed';
    const message = { key: `${key}/${template}`, accountId, channel: 'email' as const, template };
    await this.outbox.tell(tenantId, at, 'messageRequested', [
      { ...message, data: {}, attachments: [], requestedAt: at },
    ]);
  }

  /** Nothing is owed and nothing is left to give back: the subscription ends, its number rests. */
  private async expire(tenantId: string, at: Instant, expiring: SubscriptionRow[]): Promise<void> {
    for (const { _id: subscriptionId } of expiring) {
      await this.db.transaction(async () => {
        const row = await this.subscriptions.find(tenantId, subscriptionId);
        const state = row?.renewal && renewalAfter(row.renewal.state, 'keptLongEnough');
        if (!row?.renewal || !state) return;
        const plans = row.plans
          .filter(({ from }) => from < at)
          .map((plan) => (plan.to === null || plan.to > at ? { ...plan, to: at } : plan));
        const change = {
          status: 'terminated' as const,
          activeTo: at,
          plans,
          renewal: { ...row.renewal, state },
        };
        await this.subscriptions.update(tenantId, subscriptionId, change);
        const order = { subscription: row, state: 'deactivated' as const, key: `${subscriptionId}/expiry` };
        await this.restrictions.orderStates(tenantId, at, [order]);
        await this.assignments.end(tenantId, { subscriptionId, at, oldBecomes: 'ageing' });
        const { accountId } = row;
        await this.timeline.record(tenantId, [
          { accountId, at, what: 'expired', details: { subscriptionId } },
        ]);
        await this.news.changed(tenantId, at, [accountId]);
      });
    }
  }
}

const lapsing = ({ renewal }: SubscriptionRow, event: RenewalEvent): boolean =>
  renewal !== null && renewalAfter(renewal.state, event) === 'lapsed';

const lapsed = (renewal: RenewalRow, at: Instant, keepNumberDays: number | null): RenewalRow => ({
  ...renewal,
  state: 'lapsed',
  lapsedAt: at,
  keptUntil: keepNumberDays === null ? null : addDuration(at, { days: keepNumberDays }),
});
