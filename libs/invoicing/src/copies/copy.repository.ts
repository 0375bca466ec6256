import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type {
  AccountDiscount,
  OfferingVersion,
  PriceOverride,
  TenantProfile,
  WithdrawnVersionFact,
} from '@tollkeeper/contracts';
import {
  AccountDiscountCopies,
  accountFacts,
  isDuplicateKey,
  keepAccountFacts,
  OfferingCopies,
  offeringCopyRow,
  offeringOfCopy,
  PriceOverrideCopies,
  ServiceDatabase,
  upsertOne,
} from '@tollkeeper/platform';
import { AccountCopies, type AccountCopyRow, TenantProfiles } from './copy.schema';

/** An older revision that comes late finds the newer row in its way, and that is right. */
const ignoreOlder = (error: unknown): void => {
  if (!isDuplicateKey(error)) throw error;
};

@Injectable()
export class CopyRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async putAccounts(tenantId: string, rows: AccountCopyRow[]): Promise<void> {
    const operations = rows.map(({ _id, revision, ...rest }) =>
      upsertOne({ _id, revision: { $lt: revision } }, { $set: { revision, ...rest } }),
    );
    await this.accounts(tenantId).bulkWrite(operations).catch(ignoreOlder);
  }

  async putOffering(tenantId: string, offering: OfferingVersion): Promise<void> {
    await this.offerings(tenantId).insertOne(offeringCopyRow(tenantId, offering)).catch(ignoreOlder);
  }

  async putTenant(tenantId: string, profile: TenantProfile): Promise<void> {
    const { revision } = profile;
    await this.tenants(tenantId)
      .updateOne(
        { _id: tenantId, revision: { $lt: revision } },
        { $set: { revision, profile } },
        { upsert: true },
      )
      .catch(ignoreOlder);
  }

  async tenant(tenantId: string): Promise<TenantProfile | null> {
    return (await this.tenants(tenantId).findOne({ _id: tenantId }))?.profile ?? null;
  }

  accountsByIds(tenantId: string, accountIds: string[]): Promise<AccountCopyRow[]> {
    return this.accounts(tenantId).find({ accountId: { $in: accountIds } }, { sort: { accountId: 1 } });
  }

  /** Of these accounts those that have terms by what is known here. */
  async withCreditTerms(tenantId: string, accountIds: string[]): Promise<Set<string>> {
    const filter = { accountId: { $in: accountIds }, 'profile.creditTerms': { $exists: true } };
    const copies = await this.accounts(tenantId).find(filter, { projection: { accountId: 1 } });
    return new Set(copies.map(({ accountId }) => accountId));
  }

  /** Accounts of a cycle with service in the stretch, in the order in which they are frozen. */
  accountsOfCycle(
    tenantId: string,
    cycleId: string,
    served: Served,
    after: string,
    limit: number,
  ): Promise<AccountCopyRow[]> {
    return this.accounts(tenantId).find(
      { ...billable(cycleId, served), accountId: { $gt: after } },
      { sort: { accountId: 1 }, limit },
    );
  }

  countOfCycle(tenantId: string, cycleId: string, served: Served): Promise<number> {
    return this.accounts(tenantId).count(billable(cycleId, served));
  }

  /** Accounts with an address in a country, page by page. */
  accountsIn(tenantId: string, country: string, after: string, limit: number): Promise<AccountCopyRow[]> {
    const filter = { 'profile.address.country': country, accountId: { $gt: after } };
    return this.accounts(tenantId).find(filter, { sort: { accountId: 1 }, limit });
  }

  /** Who has the tag `invoicingOff`, or whose final bill waits for late usage, is remembered for the next run. */
  async markLeftOut(tenantId: string, cycleId: string, served: Served): Promise<void> {
    const filter = {
      $and: [
        activeIn(cycleId, served),
        { $or: [{ invoicingOff: { $elemMatch: holdsAt(served.at) } }, { activeTo: waiting(served) }] },
      ],
    };
    await this.accounts(tenantId).updateMany(filter, { $set: { leftOut: true } });
  }

  async clearLeftOut(tenantId: string, accountIds: string[]): Promise<void> {
    const filter = { accountId: { $in: accountIds }, leftOut: true };
    await this.accounts(tenantId).updateMany(filter, { $set: { leftOut: false } });
  }

  async removeOfferings(tenantId: string, versions: WithdrawnVersionFact[]): Promise<void> {
    for (const { offeringId, version } of versions)
      await this.offerings(tenantId).deleteMany({ offeringId, version });
  }

  async keepOverrides(tenantId: string, overrides: PriceOverride[]): Promise<void> {
    await keepAccountFacts(this.db, tenantId, PriceOverrideCopies, overrides);
  }

  async overridesOf(tenantId: string, accountIds: string[]): Promise<PriceOverride[]> {
    return accountFacts<PriceOverride>(this.db, tenantId, PriceOverrideCopies, accountIds);
  }

  async keepDiscounts(tenantId: string, discounts: AccountDiscount[]): Promise<void> {
    await keepAccountFacts(this.db, tenantId, AccountDiscountCopies, discounts);
  }

  async discountsOf(tenantId: string, accountIds: string[]): Promise<AccountDiscount[]> {
    return accountFacts<AccountDiscount>(this.db, tenantId, AccountDiscountCopies, accountIds);
  }

  /** Small and needed by every account: all versions of these offerings. */
  async offeringsOf(tenantId: string, offeringIds: string[]): Promise<OfferingVersion[]> {
    return (await this.offerings(tenantId).find({ offeringId: { $in: offeringIds } })).map(offeringOfCopy);
  }

  private accounts(tenantId: string) {
    return this.db.tenant(tenantId).collection(AccountCopies);
  }

  private offerings(tenantId: string) {
    return this.db.tenant(tenantId).collection(OfferingCopies);
  }

  private tenants(tenantId: string) {
    return this.db.tenant(tenantId).collection(TenantProfiles);
  }
}

/** Stretch of service that a run bills, and the instant at which it opens. */
export interface Served {
  from: Instant;
  to: Instant;
  at: Instant;
  /** Final bills of services that ended after this instant wait for late usage. */
  finalBefore: Instant;
}

const activeIn = (cycleId: string, { from, to }: Served) => ({
  cycleId,
  $or: [
    { activeFrom: { $lt: to }, $or: [{ activeTo: null }, { activeTo: { $gte: from } }, { leftOut: true }] },
    { owesDevice: true },
  ],
});

const holdsAt = (at: Instant) => ({ from: { $lte: at }, $or: [{ to: null }, { to: { $gt: at } }] });

/** Ended by the cut-off, and not long enough ago for the last bill. */
const waiting = ({ finalBefore, to }: Served) => ({ $gt: finalBefore, $lte: to });

const billable = (cycleId: string, served: Served) => ({
  ...activeIn(cycleId, served),
  activeTo: { $not: waiting(served) },
  invoicingOff: { $not: { $elemMatch: holdsAt(served.at) } },
});
