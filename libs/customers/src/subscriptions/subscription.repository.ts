import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type SubscriptionRow, Subscriptions } from './subscription.schema';

/** A subscription that is suspended for debt is not charged for its next period. */
const renewing = { 'renewal.state': 'active', status: 'active', 'renewal.autoRenew': true };
const ending = {
  'renewal.state': 'active',
  status: { $in: ['active', 'suspended'] },
  'renewal.autoRenew': false,
};
const kept = { 'renewal.state': 'lapsed', 'renewal.keptUntil': { $type: 'string' } };

@Injectable()
export class SubscriptionRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, subscriptionId: string): Promise<SubscriptionRow | null> {
    return this.rows(tenantId).findOne({ _id: subscriptionId });
  }

  findMany(tenantId: string, subscriptionIds: string[]): Promise<SubscriptionRow[]> {
    return this.rows(tenantId).find({ _id: { $in: subscriptionIds } }, { sort: { _id: 1 } });
  }

  ofAccounts(tenantId: string, accountIds: string[]): Promise<SubscriptionRow[]> {
    return this.rows(tenantId).find({ accountId: { $in: accountIds } }, { sort: { _id: 1 } });
  }

  findByExternalIds(tenantId: string, externalIds: string[]): Promise<SubscriptionRow[]> {
    // Only with its type named does the partial index serve.
    return this.rows(tenantId).find({ externalId: { $type: 'string', $in: externalIds } });
  }

  /** What accounts pay or paid for, whoever holds it. */
  paidBy(tenantId: string, accountIds: string[]): Promise<SubscriptionRow[]> {
    const own = { accountId: { $in: accountIds }, 'parties.0': { $exists: false } };
    const named = { 'parties.payerAccountId': { $in: accountIds, $type: 'string' } };
    return this.rows(tenantId).find({ $or: [own, named] }, { sort: { _id: 1 } });
  }

  /** Of the accounts' subscriptions those that somebody else holds, held, pays or paid as well. */
  sharedOf(tenantId: string, accountIds: string[]): Promise<SubscriptionRow[]> {
    return this.rows(tenantId).find({ accountId: { $in: accountIds }, 'parties.0': { $exists: true } });
  }

  /** Those that the account's restriction reaches. */
  liveOf(tenantId: string, accountId: string): Promise<SubscriptionRow[]> {
    return this.rows(tenantId).find(
      { accountId, status: { $in: ['active', 'suspended'] } },
      { sort: { _id: 1 } },
    );
  }

  insertMany(tenantId: string, rows: SubscriptionRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows);
  }

  async update(tenantId: string, subscriptionId: string, change: Partial<SubscriptionRow>): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: subscriptionId }, { $set: change });
  }

  async updateMany(
    tenantId: string,
    changes: { subscriptionId: string; change: Partial<SubscriptionRow> }[],
  ): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      changes.map(({ subscriptionId, change }) => updateOne({ _id: subscriptionId }, { $set: change })),
    );
  }

  /** Paid until `dueBy` or less, in the order of their ids. */
  dueRenewals(
    tenantId: string,
    { dueBy, after, limit }: { dueBy: Instant; after: string | null; limit: number },
  ): Promise<SubscriptionRow[]> {
    const filter = {
      ...renewing,
      'renewal.paidUntil': { $lte: dueBy },
      ...(after ? { _id: { $gt: after } } : {}),
    };
    return this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  nextRenewal(tenantId: string): Promise<SubscriptionRow | null> {
    return this.rows(tenantId).findOne(renewing, { sort: { 'renewal.paidUntil': 1 } });
  }

  /** Paid for until `at` or less, and no further period is wanted. */
  ending(tenantId: string, at: Instant, limit: number): Promise<SubscriptionRow[]> {
    return this.rows(tenantId).find(
      { ...ending, 'renewal.paidUntil': { $lte: at } },
      { sort: { _id: 1 }, limit },
    );
  }

  nextEnding(tenantId: string): Promise<SubscriptionRow | null> {
    return this.rows(tenantId).findOne(ending, { sort: { 'renewal.paidUntil': 1 } });
  }

  /** Lapsed, and their numbers need not be kept any longer. */
  expiring(tenantId: string, at: Instant, limit: number): Promise<SubscriptionRow[]> {
    const filter = { 'renewal.state': 'lapsed', 'renewal.keptUntil': { $lte: at, $type: 'string' } };
    return this.rows(tenantId).find(filter, { sort: { 'renewal.keptUntil': 1 }, limit });
  }

  nextExpiring(tenantId: string): Promise<SubscriptionRow | null> {
    return this.rows(tenantId).findOne(kept, { sort: { 'renewal.keptUntil': 1 } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Subscriptions);
  }
}
