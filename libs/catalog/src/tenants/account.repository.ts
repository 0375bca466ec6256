import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { AccountProfile, SubscriptionProfile } from '@tollkeeper/contracts';
import { isDuplicateKey, notFound, ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { type AccountRow, Accounts, type HeldOffering } from './account.schema';

@Injectable()
export class AccountRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async get(tenantId: string, accountId: string): Promise<AccountRow> {
    const row = await this.rows(tenantId).findOne({ accountId });
    if (!row) throw notFound('account', accountId);
    return row;
  }

  /** Joins the open transaction: who locks the same account meanwhile waits, and looks again. */
  async lock(tenantId: string, accountId: string): Promise<void> {
    await this.rows(tenantId).updateOne({ accountId }, { $inc: { locks: 1 } });
  }

  /** The higher revision stays. */
  async keepNewer(tenantId: string, profiles: AccountProfile[]): Promise<void> {
    const operations = [...newest(profiles).values()].map((profile) =>
      upsertOne(
        { _id: `${tenantId}/${profile.accountId}`, revision: { $lt: profile.revision } },
        { $set: rowOf(profile) },
      ),
    );
    try {
      await this.rows(tenantId).bulkWrite(operations);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Some account that holds the offering, or is to hold it, at that instant or later. */
  holderFrom(tenantId: string, offeringId: string, at: Instant): Promise<AccountRow | null> {
    const holds = { offeringId, $or: [{ to: null }, { to: { $gt: at } }] };
    return this.rows(tenantId).findOne({ held: { $elemMatch: holds } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Accounts);
  }
}

function newest(profiles: readonly AccountProfile[]): Map<string, AccountProfile> {
  const kept = new Map<string, AccountProfile>();
  for (const profile of profiles)
    if ((kept.get(profile.accountId)?.revision ?? -1) < profile.revision)
      kept.set(profile.accountId, profile);
  return kept;
}

const rowOf = ({
  accountId,
  revision,
  customerId = accountId,
  currency,
  subscriptions,
}: AccountProfile): Omit<AccountRow, '_id'> => ({
  accountId,
  revision,
  customerId,
  currency,
  subscriptionIds: [...new Set(subscriptions.map(productOf))],
  held: subscriptions.flatMap((subscription) =>
    [...subscription.plans, ...(subscription.addOns ?? [])].map((plan): HeldOffering => ({
      subscriptionId: productOf(subscription),
      ...plan,
    })),
  ),
});

const productOf = ({ subscriptionId, slice }: SubscriptionProfile): string =>
  slice?.subscriptionId ?? subscriptionId;
