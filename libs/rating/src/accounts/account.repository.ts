import { Injectable } from '@nestjs/common';
import type { AccountProfile, PriceOverride } from '@tollkeeper/contracts';
import { accountFacts, isDuplicateKey, PriceOverrideCopies, ServiceDatabase } from '@tollkeeper/platform';
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
    return this.found(tenantId, { identifierKeys: { $in: identifierKeys } });
  }

  async byIds(tenantId: string, accountIds: string[]): Promise<AccountRow[]> {
    return this.found(tenantId, { _id: { $in: accountIds.map((id) => accountKey(tenantId, id)) } });
  }

  async ofSubscriptions(tenantId: string, subscriptionIds: string[]): Promise<AccountRow[]> {
    return this.found(tenantId, { 'subscriptions.subscriptionId': { $in: subscriptionIds } });
  }

  async ofSubscription(tenantId: string, subscriptionId: string): Promise<AccountRow | null> {
    const [row] = await this.found(tenantId, { 'subscriptions.subscriptionId': subscriptionId });
    return row ?? null;
  }

  /** With the prices that were agreed with them. */
  private async found(tenantId: string, filter: object): Promise<AccountRow[]> {
    const rows = await this.rows(tenantId).find(filter);
    const ids = rows.map(({ accountId }) => accountId);
    const overrides =
      ids.length === 0 ? [] : await accountFacts<PriceOverride>(this.db, tenantId, PriceOverrideCopies, ids);
    if (overrides.length === 0) return rows;
    return rows.map((row) => {
      const own = overrides.filter(({ accountId }) => accountId === row.accountId);
      return own.length === 0 ? row : { ...row, overrides: own };
    });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Accounts);
  }
}
