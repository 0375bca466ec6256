import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type OrderRef, orderProcessIdOf, orderSignals } from '@tollkeeper/contracts';
import { Outbox, refusal } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { TimelineRepository } from '../accounts/timeline.repository';
import { endedPlans } from '../domain/dated-plans';
import { accountStateOf, productStatusIn } from '../domain/network-state';
import { onRequest, restrictedSince } from '../domain/restriction-spans';
import { liveStateOf } from '../domain/sim-state';
import { turnedBack } from '../domain/order-progress';
import { type AfterUse, AssignmentService } from '../identifiers/assignment.service';
import { UnusedPeriods } from '../renewals/unused-periods.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { SubscriptionParties } from '../subscriptions/subscription-parties.service';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { NetworkSteps } from './network-steps.service';
import { OrderRepository } from './order.repository';
import type { OrderRow } from './order.schema';
import { atOnce, type StepContext, type StepHandler, wantedOf } from './step-handler';
import { type SubscriptionFacts, SubscriptionFactsService } from './subscription-facts.service';

/** What changes a living subscription, and what ends it. */
@Injectable()
export class ServiceSteps {
  readonly steps: Record<string, StepHandler> = {
    suspend: atOnce((context) => this.setSuspended(context, context.at)),
    resume: atOnce((context) => this.setSuspended(context, null)),
    replaceSim: atOnce((context) => this.replace(context, 'simSwapped', 'ageing')),
    replaceNumber: atOnce((context) => this.replace(context, 'numberChanged', 'ageing')),
    endService: atOnce((context) => this.end(context, 'ageing')),
    releaseNumber: atOnce((context) => this.end(context, 'portedOut')),
    moveSubscription: atOnce((context) => this.move(context)),
  };

  constructor(
    private readonly facts: SubscriptionFactsService,
    private readonly parties: SubscriptionParties,
    private readonly network: NetworkSteps,
    private readonly orders: OrderRepository,
    private readonly outbox: Outbox,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly unused: UnusedPeriods,
  ) {}

  /** Credit is paid out when an account's last service has ended. */
  async creditToPayOut({ tenantId, orderId }: OrderRef) {
    const order = await this.orders.find(tenantId, orderId);
    if (!order) throw refusal('orderUnknown', `there is no order ${orderId}`);
    const rows = await this.subscriptions.ofAccounts(tenantId, [order.accountId]);
    const accountEnds = rows.every(({ status }) => status === 'terminated');
    return { accountId: order.accountId, endedAt: order.effectiveAt, accountEnds };
  }

  private async setSuspended({ tenantId, at, order }: StepContext, since: Instant | null): Promise<void> {
    const { subscription, account } = await this.facts.live(tenantId, order.subscriptionId);
    const row = { ...subscription, suspendedSince: since };
    const status = productStatusIn(liveStateOf(row, accountStateOf(account)), row.status);
    const what = since ? 'suspendedOnRequest' : 'resumed';
    const before = subscription.restrictions ?? [];
    const restrictions = restrictedSince(before, onRequest, since === null ? null : 'paused', at);
    await this.save(tenantId, at, subscription, { suspendedSince: since, status, restrictions }, what, {
      reason: order.reason,
    });
  }

  private async replace(context: StepContext, what: string, oldBecomes: AfterUse): Promise<void> {
    const { tenantId, at, order } = context;
    const { subscription } = await this.facts.live(tenantId, order.subscriptionId);
    const { _id: subscriptionId } = subscription;
    const identifiers = wantedOf(order, 'identifiers');
    for (const { kind, value } of identifiers) {
      await this.assignments.replace(tenantId, {
        ...{ subscriptionId, kind, value, at, oldBecomes },
        ...{ orderId: order._id, portedIn: order.kind === 'portIn' },
      });
    }
    const details = Object.fromEntries(identifiers.map(({ kind, value }) => [kind, value]));
    await this.save(tenantId, at, subscription, {}, what, details);
  }

  private async move({ tenantId, order }: StepContext): Promise<void> {
    const { subscriptionId, effectiveAt: at, reason, kind } = order;
    const toAccountId = wantedOf(order, 'toAccountId');
    await this.parties.move(tenantId, { subscriptionId, toAccountId, at, reason: reason ?? kind });
  }

  /** It was wanted for an instant, and that is when it ended, however long the network took. */
  private async end({ tenantId, at, order }: StepContext, oldBecomes: AfterUse): Promise<void> {
    const { effectiveAt } = order;
    const facts = await this.facts.live(tenantId, order.subscriptionId);
    const { subscription } = facts;
    await this.network.deactivate(tenantId, at, order, facts);
    const plans = endedPlans(subscription.plans, effectiveAt);
    const addOns = endedPlans(subscription.addOns ?? [], effectiveAt);
    const withdrawn = order.wanted.because === 'withdrawal';
    const ended = {
      ...{ status: 'terminated' as const, activeTo: effectiveAt, plans, addOns, renewal: null },
      ...(withdrawn ? { withdrawn: true as const } : {}),
    };
    await this.assignments.end(tenantId, { subscriptionId: subscription._id, at: effectiveAt, oldBecomes });
    await this.unused.giveBack(tenantId, subscription, effectiveAt, at, withdrawn);
    await this.turnBackOthers(tenantId, at, order);
    const what = order.kind === 'portOut' ? 'portedOut' : 'terminateSubscription';
    await this.save(tenantId, at, subscription, ended, what, {
      activeTo: effectiveAt,
      reason: order.reason,
      ...(withdrawn ? { because: 'withdrawal' } : {}),
      recipient: order.wanted.recipient ?? null,
    });
  }

  /** What else was to become of a service that has ended does not come. */
  private async turnBackOthers(tenantId: string, at: Instant, order: OrderRow): Promise<void> {
    const others = (await this.orders.openOf(tenantId, order.subscriptionId)).filter(
      ({ _id, direction }) => _id !== order._id && direction === 'forward',
    );
    for (const other of others) {
      await this.orders.replace(tenantId, turnedBack(other));
      const processId = orderProcessIdOf(tenantId, other._id);
      const eventId = `${order._id}/ends/${other._id}`;
      await this.outbox.signal(tenantId, processId, orderSignals.cancelOrder, { eventId, at });
    }
  }

  private async save(
    tenantId: string,
    at: Instant,
    { _id: subscriptionId, accountId, renewal }: SubscriptionFacts['subscription'],
    change: Partial<SubscriptionRow>,
    what: string,
    details: Record<string, string | null>,
  ): Promise<void> {
    if (Object.keys(change).length > 0) await this.subscriptions.update(tenantId, subscriptionId, change);
    const entry = { accountId, at, what, details: { subscriptionId, ...details } };
    await this.timeline.record(tenantId, [entry]);
    await this.news.changed(tenantId, at, [accountId]);
    if (renewal) await this.news.renewalsChanged(tenantId, at);
  }
}
