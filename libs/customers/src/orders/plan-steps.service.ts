import { Injectable } from '@nestjs/common';
import { AccountNews } from '../accounts/account-news.service';
import { DepositDesk } from '../credit/deposit-desk.service';
import { TimelineRepository } from '../accounts/timeline.repository';
import { addOnEnding, withAddOn, withoutAddOn, withoutPlan } from '../domain/dated-plans';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import type { OrderRow } from './order.schema';
import { OrderChecks } from './order-checks.service';
import { atOnce, type StepContext, type StepHandler, wantedOf } from './step-handler';
import { SubscriptionFactsService } from './subscription-facts.service';

/** A change of plan or add-on is dated: everyone knows it from the day it was placed, and undone it never was. */
@Injectable()
export class PlanSteps {
  readonly steps: Record<string, StepHandler> = {
    schedulePlan: atOnce(
      (context) => this.schedulePlan(context),
      (context) =>
        this.takeBack(context, ({ plans }, order) => ({
          plans: withoutPlan(plans, wantedOf(order, 'offeringId'), order.effectiveAt),
        })),
    ),
    scheduleAddOn: atOnce(
      (context) => this.scheduleAddOn(context),
      (context) => this.takeBack(context, addOnTakenBack),
    ),
    planInForce: atOnce((context) => this.inForce(context, 'planChanged')),
    addOnInForce: atOnce((context) => this.inForce(context, 'addOnChanged')),
  };

  constructor(
    private readonly facts: SubscriptionFactsService,
    private readonly checks: OrderChecks,
    private readonly subscriptions: SubscriptionRepository,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly deposits: DepositDesk,
  ) {}

  private async schedulePlan(context: StepContext): Promise<void> {
    const { tenantId, order } = context;
    const facts = await this.facts.live(tenantId, order.subscriptionId);
    const offeringId = wantedOf(order, 'offeringId');
    const plans = await this.checks.plansWith(tenantId, facts, offeringId, order.effectiveAt);
    await this.schedule(context, facts.subscription, { plans });
  }

  private async scheduleAddOn(context: StepContext): Promise<void> {
    const { tenantId, order } = context;
    const facts = await this.facts.live(tenantId, order.subscriptionId);
    await this.checks.checkAddOn(tenantId, order.wanted, facts, order.effectiveAt);
    await this.schedule(context, facts.subscription, addOnChange(facts.subscription, order));
  }

  private async schedule(
    context: StepContext,
    subscription: SubscriptionRow,
    change: Partial<SubscriptionRow>,
  ): Promise<void> {
    const { tenantId, at, order } = context;
    const { kind, effectiveAt, accountId, subscriptionId } = order;
    const details = { subscriptionId, since: effectiveAt, ...named(order) };
    await this.timeline.record(tenantId, [{ accountId, at, what: `${kind}Scheduled`, details }]);
    await this.save(context, subscription, change);
  }

  private async takeBack(context: StepContext, change: Change): Promise<void> {
    const { subscription } = await this.facts.load(context.tenantId, context.order.subscriptionId);
    if (subscription.status === 'terminated') return;
    await this.save(context, subscription, change(subscription, context.order));
  }

  private async save(
    { tenantId, at }: StepContext,
    { _id, accountId, renewal }: SubscriptionRow,
    change: object,
  ) {
    await this.subscriptions.update(tenantId, _id, change);
    await this.news.changed(tenantId, at, [accountId]);
    if (renewal) await this.news.renewalsChanged(tenantId, at);
  }

  private async inForce({ tenantId, at, order }: StepContext, what: string): Promise<void> {
    const { accountId, subscriptionId } = order;
    const details = { subscriptionId, ...named(order) };
    await this.timeline.record(tenantId, [{ accountId, at, what, details }]);
    await this.deposits.offeringChanged(tenantId, at, order);
  }
}

type Change = (row: SubscriptionRow, order: OrderRow) => Partial<SubscriptionRow>;

const addOnChange: Change = ({ addOns = [] }, order) => {
  const { effectiveAt, wanted } = order;
  const offeringId = wantedOf(order, 'offeringId');
  return {
    addOns:
      wanted.action === 'remove'
        ? addOnEnding(addOns, offeringId, effectiveAt, effectiveAt)
        : withAddOn(addOns, offeringId, effectiveAt),
  };
};

const addOnTakenBack: Change = ({ addOns = [] }, order) => {
  const { effectiveAt, wanted } = order;
  const offeringId = wantedOf(order, 'offeringId');
  return {
    addOns:
      wanted.action === 'remove'
        ? addOnEnding(addOns, offeringId, effectiveAt, null)
        : withoutAddOn(addOns, offeringId, effectiveAt),
  };
};

const named = ({ wanted }: OrderRow): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ from: wanted.fromOfferingId, to: wanted.offeringId, action: wanted.action }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
