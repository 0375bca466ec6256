import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AccountProfile, renewals, renewalsChanged } from '@tollkeeper/contracts';
import { newId, Outbox } from '@tollkeeper/platform';
import { accountProfiles } from './account-profile';
import { CreditWatch } from '../credit/credit-watch.service';
import { CustomerRepository } from '../parties/customer.repository';
import { AccountRepository } from './account.repository';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import { accountsOf } from '../domain/subscription-parties';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';

/** Tells the other services of changed accounts, in the transaction of the change and as its last step. */
@Injectable()
export class AccountNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentRepository,
    private readonly credit: CreditWatch,
    private readonly customers: CustomerRepository,
  ) {}

  /** Also tells whoever else pays, paid or held what these accounts hold. */
  async changed(tenantId: string, at: Instant, accountIds: string[]): Promise<void> {
    const shared = await this.subscriptions.sharedOf(tenantId, [...new Set(accountIds)]);
    const ids = [...new Set([...accountIds, ...shared.flatMap(accountsOf)])];
    await this.accounts.raiseRevisions(tenantId, ids);
    const profiles = await this.profiles(tenantId, ids);
    await this.outbox.tell(tenantId, at, 'accountChanged', profiles);
    await this.credit.accountsChanged(tenantId, at, profiles);
  }

  /** The renewals process looks again at when the next one falls due. */
  async renewalsChanged(tenantId: string, at: Instant): Promise<void> {
    await this.outbox.signal(tenantId, renewals.id({ tenantId, at }), renewalsChanged, {
      eventId: newId('evt'),
      at,
    });
  }

  async profiles(tenantId: string, accountIds: string[]): Promise<AccountProfile[]> {
    const accounts = await this.accounts.findMany(tenantId, accountIds);
    const paid = await this.subscriptions.paidBy(tenantId, accountIds);
    const assignments = await this.assignmentsOf(tenantId, accountIds, paid);
    const customerIds = [...new Set(accounts.map(({ customerId }) => customerId))];
    const parties = await this.customers.findMany(tenantId, customerIds);
    return accountProfiles(accounts, paid, assignments, parties);
  }

  /** What others hold is found by the subscription, the rest by the account. */
  private async assignmentsOf(tenantId: string, accountIds: string[], paid: SubscriptionRow[]) {
    const shared = paid.filter(({ parties }) => parties.length > 0).map(({ _id }) => _id);
    const own = await this.assignments.ofAccounts(tenantId, accountIds);
    if (shared.length === 0) return own;
    const isShared = new Set(shared);
    return [
      ...own.filter(({ subscriptionId }) => !isShared.has(subscriptionId)),
      ...(await this.assignments.ofSubscriptions(tenantId, shared)),
    ];
  }
}
