import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { SubscriberImportCounts } from '@tollkeeper/contracts';
import { Outbox } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { accountProfiles } from '../accounts/account-profile';
import { AccountRepository } from '../accounts/account.repository';
import { TimelineRepository } from '../accounts/timeline.repository';
import { CycleRepository } from '../copies/cycle.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { TenantService } from '../copies/tenant.service';
import { IdentifierBooks, type OpenBooks } from '../identifiers/identifier-books.service';
import { nobodyKnown } from '../domain/buyer-book';
import { asksWho } from '../domain/check-sale';
import { Eligibility } from '../orders/eligibility.service';
import { AccountOwners } from '../parties/account-owners.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import { identifiersOf, type NewSubscriberRecord } from './read-new-subscriber';
import {
  type RejectedLine,
  type SortedLines,
  type Standing,
  SubscriberSorting,
} from './sort-new-subscribers';
import type { NewSubscriberColumn, ReadLine } from './subscriber-columns';

export interface LinesDone {
  counts: SubscriberImportCounts;
  rejected: RejectedLine[];
}

/** Takes new accounts and subscriptions in, line by line of a batch, in the transaction that is open around it. */
@Injectable()
export class NewSubscribers {
  constructor(
    private readonly outbox: Outbox,
    private readonly tenants: TenantService,
    private readonly offerings: OfferingRepository,
    private readonly cycles: CycleRepository,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly identifiers: IdentifierBooks,
    private readonly owners: AccountOwners,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly eligibility: Eligibility,
  ) {}

  async take(
    { tenantId, importId, at }: { tenantId: string; importId: string; at: Instant },
    lines: readonly ReadLine<NewSubscriberColumn>[],
  ): Promise<LinesDone> {
    const standing = await this.standing(
      tenantId,
      lines.flatMap(({ reading }) => ('record' in reading ? [reading.record] : [])),
    );
    const sorted = new SubscriberSorting(standing, importId, at).sort(lines);
    await this.save(tenantId, at, sorted, standing.books);
    return sorted;
  }

  private async standing(tenantId: string, records: readonly NewSubscriberRecord[]): Promise<Standing> {
    const named = (column: NewSubscriberColumn): string[] => [
      ...new Set(records.flatMap((record) => record[column] ?? [])),
    ];
    const prices = await this.offerings.prices(tenantId, named('offeringId'));
    const accounts = await this.accounts.findByExternalIds(tenantId, named('accountExternalId'));
    const owners = accounts.map(({ customerId }) => customerId);
    return {
      operator: await this.tenants.get(tenantId),
      prices,
      buyers: asksWho(prices) ? await this.eligibility.book(tenantId, owners) : nobodyKnown,
      cycles: await this.cycles.definitions(tenantId, named('cycleId')),
      accounts,
      subscriptions: await this.subscriptions.findByExternalIds(tenantId, named('subscriptionExternalId')),
      books: await this.identifiers.open(tenantId, records.flatMap(identifiersOf)),
    };
  }

  /** The books are written in the transaction that read them: of two that want one identifier one starts over. */
  private async save(
    tenantId: string,
    at: Instant,
    { accounts, subscriptions, assignments }: SortedLines,
    books: OpenBooks,
  ): Promise<void> {
    await this.owners.make(tenantId, accounts);
    await this.accounts.insertMany(tenantId, accounts);
    await this.subscriptions.insertMany(tenantId, subscriptions);
    await this.identifiers.save(tenantId, books, at);
    const isNew = new Set(accounts.map(({ _id }) => _id));
    const added = subscriptions.filter(({ accountId }) => !isNew.has(accountId));
    await this.timeline.record(tenantId, [
      ...accounts.map(({ _id, externalId }) => ({
        accountId: _id,
        at,
        what: 'accountCreated',
        details: { externalId },
      })),
      ...added.map(({ accountId, plans }) => ({
        accountId,
        at,
        what: 'addSubscription',
        details: { offeringId: plans[0]?.offeringId ?? '' },
      })),
    ]);
    // What was just inserted need not be read again to be told.
    await this.outbox.tell(
      tenantId,
      at,
      'accountChanged',
      accountProfiles(accounts, subscriptions, assignments),
    );
    if (added.length > 0)
      await this.news.changed(
        tenantId,
        at,
        added.map(({ accountId }) => accountId),
      );
    if (subscriptions.some(({ renewal }) => renewal)) await this.news.renewalsChanged(tenantId, at);
  }
}
