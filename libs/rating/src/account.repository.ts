import { Injectable } from '@nestjs/common';
import type { AccountProfile } from '@tollkeeper/contracts';
import { isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { identifierKey } from '@tollkeeper/tariff';
import { Accounts, type AccountRow } from './account.schema';
import { isWatched } from './watched-account';

const accountKey = (tenantId: string, accountId: string): string => `${tenantId}/${accountId}`;

const rowOf = (
  tenantId: string,
  { accountId, revision, zone, cycle, subscriptions, creditTerms }: AccountProfile,
): AccountRow => ({
  _id: accountKey(tenantId, accountId),
  accountId,
  revision,
  zone,
  cycle,
  ...(isWatched(creditTerms) ? { creditWatched: true } : {}),
  identifierKeys: [
    ...new Set(
      subscriptions.flatMap(({ identifiers }) =>
        identifiers.map(({ kind, value }) => identifierKey(kind, value)),
      ),
    ),
  ],
  subscriptions,
});

@Injectable()
export class AccountRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** The higher revision wins: an older fact matches no row and would be a second one, which the key refuses. */
  async keepNewer(tenantId: string, profiles: AccountProfile[]): Promise<void> {
    const newest = new Map<string, AccountProfile>();
    for (const profile of profiles) {
      if ((newest.get(profile.accountId)?.revision ?? -1) < profile.revision)
        newest.set(profile.accountId, profile);
    }
    const replacements = [...newest.values()].map((profile) => ({
      replaceOne: {
        filter: { _id: accountKey(tenantId, profile.accountId), revision: { $lt: profile.revision } },
        replacement: rowOf(tenantId, profile),
        upsert: true,
      },
    }));
    try {
      await this.rows(tenantId).bulkWrite(replacements as never);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async byIdentifiers(tenantId: string, identifierKeys: string[]): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ identifierKeys: { $in: identifierKeys } });
  }

  async byIds(tenantId: string, accountIds: string[]): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ _id: { $in: accountIds.map((id) => accountKey(tenantId, id)) } });
  }

  async ofSubscriptions(tenantId: string, subscriptionIds: string[]): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ 'subscriptions.subscriptionId': { $in: subscriptionIds } });
  }

  async ofSubscription(tenantId: string, subscriptionId: string): Promise<AccountRow | null> {
    return this.rows(tenantId).findOne({ 'subscriptions.subscriptionId': subscriptionId });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Accounts);
  }
}
