import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import type {
  AccountDiscount,
  AccountProfile,
  OfferingVersion,
  PriceOverride,
  StorageRef,
} from '@tollkeeper/contracts';
import { Storage } from '@tollkeeper/platform';
import type { TaxPlace } from '../domain/tax-place';
import { TaxPlaceService } from '../taxes/tax-place.service';
import { CopyRepository } from '../copies/copy.repository';
import type { AccountCopyRow } from '../copies/copy.schema';

/** An account as it is billed: the profile with its subscriptions, and which plan versions hold. */
export interface FrozenAccount {
  profile: AccountProfile;
  offeringVersions: { offeringId: string; version: number }[];
  /** Its own prices and promotions. Absent: none, and in snapshots from before they could be given. */
  overrides?: PriceOverride[];
  discounts?: AccountDiscount[];
  /** Where it is taxed. Absent: by its address. */
  place?: TaxPlace;
}

export interface BillableAccount {
  profile: AccountProfile;
  offerings: OfferingVersion[];
  overrides: PriceOverride[];
  discounts: AccountDiscount[];
  place: TaxPlace | null;
}

@Injectable()
export class SnapshotService {
  constructor(
    private readonly copies: CopyRepository,
    private readonly places: TaxPlaceService,
    private readonly storage: Storage,
  ) {}

  /** Plan versions that hold from the cut-off day or earlier; a later one does not reach into this bill. */
  async freeze(tenantId: string, accounts: AccountCopyRow[], cutOffAt: Instant): Promise<FrozenAccount[]> {
    const offerings = await this.copies.offeringsOf(
      tenantId,
      offeringIdsOf(accounts.map(({ profile }) => profile)),
    );
    const accountIds = accounts.map(({ accountId }) => accountId);
    const overrides = byAccount(await this.copies.overridesOf(tenantId, accountIds));
    const discounts = byAccount(await this.copies.discountsOf(tenantId, accountIds));
    const places = await this.places.placesOf(tenantId, accounts, cutOffAt.slice(0, 'yyyy-mm-dd'.length));
    const known = offerings.filter(({ validFrom }) => validFrom <= addDuration(cutOffAt, { days: 1 }));
    return accounts.map(({ profile }) => {
      const own = new Set(offeringIdsOf([profile]));
      const offeringVersions = known
        .filter(({ offeringId }) => own.has(offeringId))
        .map(({ offeringId, version }) => ({ offeringId, version }));
      const [prices, given] = [overrides.get(profile.accountId), discounts.get(profile.accountId)];
      return {
        profile,
        offeringVersions,
        ...(prices ? { overrides: prices } : {}),
        ...(given ? { discounts: given } : {}),
        ...placeOf(places.get(profile.accountId)),
      };
    });
  }

  store(tenantId: string, name: string, frozen: FrozenAccount[]): Promise<StorageRef> {
    return this.storage.putLines(tenantId, name, frozen);
  }

  async load(tenantId: string, ref: StorageRef): Promise<BillableAccount[]> {
    return this.thaw(tenantId, await this.storage.readLines<FrozenAccount>(ref));
  }

  /** Versions are immutable, so their ids are enough to find what was frozen. */
  async thaw(tenantId: string, frozen: FrozenAccount[]): Promise<BillableAccount[]> {
    const offerings = await this.copies.offeringsOf(
      tenantId,
      offeringIdsOf(frozen.map(({ profile }) => profile)),
    );
    const byVersion = new Map(
      offerings.map((offering) => [`${offering.offeringId}/${offering.version}`, offering]),
    );
    return frozen.map(({ profile, offeringVersions, overrides = [], discounts = [], place = null }) => ({
      profile,
      overrides,
      discounts,
      place,
      offerings: offeringVersions.flatMap(
        ({ offeringId, version }) => byVersion.get(`${offeringId}/${version}`) ?? [],
      ),
    }));
  }
}

const placeOf = (place: TaxPlace | undefined): { place?: TaxPlace } => (place ? { place } : {});

function byAccount<Fact extends { accountId: string }>(facts: readonly Fact[]): Map<string, Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of facts) found.set(fact.accountId, [...(found.get(fact.accountId) ?? []), fact]);
  return found;
}

const offeringIdsOf = (profiles: AccountProfile[]): string[] => [
  ...new Set(
    profiles.flatMap(({ subscriptions }) =>
      subscriptions.flatMap(({ plans, addOns = [] }) =>
        [...plans, ...addOns].map(({ offeringId }) => offeringId),
      ),
    ),
  ),
];
