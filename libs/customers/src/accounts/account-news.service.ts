import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AccountProfile, renewals, renewalsChanged } from '@tollkeeper/contracts';
import { newId, Outbox } from '@tollkeeper/platform';
import { accountProfiles } from './account-profile';
import { AccountRepository } from './account.repository';
import { AssignmentRepository } from '../identifiers/assignment.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';

/** Tells the other services of changed accounts, in the transaction of the change and as its last step. */
@Injectable()
export class AccountNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentRepository,
  ) {}

  async changed(tenantId: string, at: Instant, accountIds: string[]): Promise<void> {
    const ids = [...new Set(accountIds)];
    await this.accounts.raiseRevisions(tenantId, ids);
    await this.outbox.tell(tenantId, at, 'accountChanged', await this.profiles(tenantId, ids));
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
    const subscriptions = await this.subscriptions.ofAccounts(tenantId, accountIds);
    const assignments = await this.assignments.ofAccounts(tenantId, accountIds);
    return accountProfiles(accounts, subscriptions, assignments);
  }
}
