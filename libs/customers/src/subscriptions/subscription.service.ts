import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  isDuplicateKey,
  newId,
  notFound,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountImportService } from '../accounts/account-import.service';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import type { NewSubscription } from '../accounts/account-fields';
import { checkSubscription } from '../domain/check-account';
import { assignmentRows, subscriptionRow } from '../accounts/new-rows';
import { OfferingRepository } from '../copies/offering.repository';
import { Eligibility } from '../orders/eligibility.service';
import { idTaken } from './id-taken';
import { SubscriptionRepository } from './subscription.repository';
import type { SubscriptionRow } from './subscription.schema';
import { TimelineRepository } from '../accounts/timeline.repository';

@Injectable()
export class SubscriptionService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly offerings: OfferingRepository,
    private readonly imports: AccountImportService,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly eligibility: Eligibility,
  ) {}

  async add(principal: Principal, accountId: string, wanted: NewSubscription): Promise<SubscriptionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const prices = await this.offerings.prices(tenantId, [wanted.offeringId]);
    const added = this.db.transaction(async () => {
      const account = await this.accounts.find(tenantId, accountId);
      if (!account) throw notFound('account', accountId);
      refuseFindings(checkSubscription(wanted, account, prices));
      const bought = { offeringId: wanted.offeringId, as: 'plan' as const, from: wanted.activeFrom };
      refuseFindings(await this.eligibility.check(tenantId, { ...bought, account, subscription: null }));
      const row = subscriptionRow(newId('sub'), accountId, wanted, prices);
      const placed = [{ subscription: row, identifiers: assignmentRows(row, wanted), field: 'subscription' }];
      await this.imports.place(tenantId, placed, at);
      await this.finish(principal, row, at, {
        what: 'addSubscription',
        after: wanted,
        details: { offeringId: wanted.offeringId },
      });
      return row;
    });
    return added.catch((error: unknown) => {
      throw isDuplicateKey(error) ? idTaken(wanted.externalId) : error;
    });
  }

  private async finish(
    principal: Principal,
    { _id, accountId, renewal }: SubscriptionRow,
    at: Instant,
    {
      details,
      ...entry
    }: {
      what: string;
      before?: unknown;
      after: unknown;
      reason?: string;
      details: Record<string, string | null>;
    },
  ): Promise<void> {
    const { tenantId } = principal;
    await this.audit.record(principal, { at, entity: _id, ...entry });
    await this.timeline.record(tenantId, [{ accountId, at, what: entry.what, details }]);
    await this.news.changed(tenantId, at, [accountId]);
    if (renewal) await this.news.renewalsChanged(tenantId, at);
  }
}
