import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { AuditLog } from '@tollkeeper/platform';
import { AccountNews } from '../accounts/account-news.service';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { TimelineRepository } from '../accounts/timeline.repository';
import { CycleRepository } from '../copies/cycle.repository';
import { OfferingRepository } from '../copies/offering.repository';
import { nobodyKnown } from '../domain/buyer-book';
import { asksWho } from '../domain/check-sale';
import { Eligibility } from '../orders/eligibility.service';
import { OrderRepository } from '../orders/order.repository';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { LinesDone } from './new-subscribers.service';
import type { ChangeRecord } from './read-change';
import { ChangeSorting, type MadeChange, type SortedChanges, type StandingAccounts } from './sort-changes';
import type { ChangeColumn, ReadLine } from './subscriber-columns';
import type { SubscriberImportRow } from './subscriber-import.schema';

/** Changes accounts and plans, line by line of a batch, in the transaction that is open around it. */
@Injectable()
export class SubscriberChanges {
  constructor(
    private readonly audit: AuditLog,
    private readonly offerings: OfferingRepository,
    private readonly cycles: CycleRepository,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly orders: OrderRepository,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly eligibility: Eligibility,
  ) {}

  async take(
    tenantId: string,
    at: Instant,
    file: SubscriberImportRow,
    lines: readonly ReadLine<ChangeColumn>[],
  ): Promise<LinesDone> {
    const standing = await this.standing(
      tenantId,
      lines.flatMap(({ reading }) => ('record' in reading ? [reading.record] : [])),
    );
    const sorted = new ChangeSorting(standing, at).sort(lines);
    await this.save(tenantId, at, file, sorted);
    return sorted;
  }

  private async standing(tenantId: string, records: readonly ChangeRecord[]): Promise<StandingAccounts> {
    const named = (column: ChangeColumn): string[] => [
      ...new Set(records.flatMap((record) => record[column] ?? [])),
    ];
    const byId = await this.accounts.findMany(tenantId, named('accountId'));
    const byName = await this.accounts.findByExternalIds(tenantId, named('accountExternalId'));
    const accounts = [...new Map([...byId, ...byName].map((row) => [row._id, row])).values()];
    const subscriptions = await this.subscriptions.ofAccounts(
      tenantId,
      accounts.map(({ _id }) => _id),
    );
    const plans = subscriptions.flatMap((row) => row.plans.at(-1)?.offeringId ?? []);
    const addOns = subscriptions.flatMap((row) => (row.addOns ?? []).map(({ offeringId }) => offeringId));
    const prices = await this.offerings.prices(tenantId, [...named('offeringId'), ...plans, ...addOns]);
    const owners = accounts.map(({ customerId }) => customerId);
    return {
      prices,
      buyers: asksWho(prices) ? await this.eligibility.book(tenantId, owners) : nobodyKnown,
      cycles: await this.cycles.definitions(tenantId, named('cycleId')),
      accounts,
      subscriptions,
      inOrders: await this.orders.subscriptionsInOrders(
        tenantId,
        subscriptions.map(({ _id }) => _id),
      ),
    };
  }

  private async save(
    tenantId: string,
    at: Instant,
    file: SubscriberImportRow,
    { accounts, plans }: SortedChanges,
  ): Promise<void> {
    if (accounts.length + plans.length === 0) return;
    await this.accounts.updateMany(
      tenantId,
      lastChanges(accounts).map(([accountId, change]) => ({ accountId, change })),
    );
    await this.subscriptions.updateMany(
      tenantId,
      lastChanges(plans).map(([subscriptionId, change]) => ({ subscriptionId, change })),
    );
    await this.audit.recordMany(tenantId, { who: file.receivedBy, name: file.receivedByName }, [
      ...accounts.map((each) => entryOf('changeAccount', each, at, file)),
      ...plans.map((each) => entryOf('changePlan', each, at, file)),
    ]);
    await this.timeline.record(tenantId, [
      ...accounts.map(({ before, change }) => accountChanged(before, change, at, file)),
      ...plans.map(({ before, change }) => ({
        accountId: before.accountId,
        at,
        what: 'changePlan',
        details: {
          subscriptionId: before._id,
          from: before.plans.at(-1)?.offeringId ?? null,
          to: change.plans?.at(-1)?.offeringId ?? null,
          since: change.plans?.at(-1)?.from ?? null,
        },
      })),
    ]);
    await this.news.changed(tenantId, at, [
      ...accounts.map(({ before }) => before._id),
      ...plans.map(({ before }) => before.accountId),
    ]);
    if (plans.some(({ before }) => before.renewal)) await this.news.renewalsChanged(tenantId, at);
  }
}

/** Several lines may change one row: the later line's columns stay. */
function lastChanges<Row extends { _id: string }>(
  made: readonly MadeChange<Row>[],
): [string, Partial<Row>][] {
  const changes = new Map<string, Partial<Row>>();
  for (const { before, change } of made) changes.set(before._id, { ...changes.get(before._id), ...change });
  return [...changes];
}

const accountChanged = (
  before: AccountRow,
  change: Partial<AccountRow>,
  at: Instant,
  { receivedByName }: SubscriberImportRow,
) => ({
  accountId: before._id,
  at,
  what: 'accountChanged',
  details: { fields: Object.keys(change).join(', '), by: receivedByName },
});

const entryOf = <Row extends { _id: string }>(
  what: string,
  { before, change }: MadeChange<Row>,
  at: Instant,
  { _id, fileName }: SubscriberImportRow,
) => ({
  at,
  what,
  entity: before._id,
  before: Object.fromEntries(Object.keys(change).map((column) => [column, before[column as keyof Row]])),
  after: change,
  reason: `${fileName} (${_id})`,
});
