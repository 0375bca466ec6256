import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { conflict, notFound } from '@tollkeeper/platform';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { covers } from '../domain/identifier-ownership';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';

export interface SubscriptionFacts {
  subscription: SubscriptionRow;
  account: AccountRow;
}

/** A subscription as an order finds it. */
@Injectable()
export class SubscriptionFactsService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentRepository,
  ) {}

  async load(tenantId: string, subscriptionId: string): Promise<SubscriptionFacts> {
    const subscription = await this.subscriptions.find(tenantId, subscriptionId);
    const account = subscription && (await this.accounts.find(tenantId, subscription.accountId));
    if (!subscription || !account) throw notFound('subscription', subscriptionId);
    return { subscription, account };
  }

  async live(tenantId: string, subscriptionId: string): Promise<SubscriptionFacts> {
    const facts = await this.load(tenantId, subscriptionId);
    const { status } = facts.subscription;
    if (status !== 'active' && status !== 'suspended')
      throw conflict('notLive', `Subscription ${subscriptionId} is ${status}.`);
    return facts;
  }

  /** What the subscription holds at an instant. */
  async identifiersOf(
    tenantId: string,
    { _id }: Pick<SubscriptionRow, '_id'>,
    at: Instant,
  ): Promise<AssignmentRow[]> {
    return (await this.assignments.ofSubscriptions(tenantId, [_id])).filter((row) => covers(row, at));
  }
}
