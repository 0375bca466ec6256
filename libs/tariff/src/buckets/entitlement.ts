import type { SubscriptionProfile } from '@tollkeeper/contracts';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import type { UsagePeriod } from '../guiding/usage-periods';
import type { OfferingVersions } from './allowance-stretches';
import { inOrderOfUse, type Grant } from './grant';
import { ownGrants, poolGrants } from './group-grants';

/** Where a subscription's grants come from: its plans and add-ons, its pool, the published versions. */
export interface Entitlement {
  account: SubscriberAccount;
  subscription: SubscriptionProfile;
  /** Newest first per id. */
  offerings: OfferingVersions;
  /** Some offering includes money; where none does, no record is asked. */
  hasMoney: boolean;
  /** Grants are resolved once per period, not once per record. */
  known: Map<string, readonly Grant[]>;
}

interface KnownPools {
  offerings: OfferingVersions;
  grants: Map<string, readonly Grant[]>;
}

const entitlements = new WeakMap<SubscriptionProfile, Entitlement>();
const pools = new WeakMap<SubscriberAccount, KnownPools>();

/** One per subscription as long as neither its account nor the catalog is read anew. */
export function entitlementOf(
  account: SubscriberAccount,
  subscription: SubscriptionProfile,
  { offerings }: { offerings: OfferingVersions },
): Entitlement {
  const found = entitlements.get(subscription);
  if (found?.offerings === offerings && found.account === account) return found;
  const fresh: Entitlement = {
    account,
    subscription,
    offerings,
    hasMoney: includesMoney(offerings),
    known: new Map(),
  };
  entitlements.set(subscription, fresh);
  return fresh;
}

const moneyOf = new WeakMap<OfferingVersions, boolean>();

function includesMoney(offerings: OfferingVersions): boolean {
  const known = moneyOf.get(offerings);
  if (known !== undefined) return known;
  const found = [...offerings.values()].some((versions) =>
    versions.some(({ allowances }) => allowances.some(({ usageType }) => usageType === 'money')),
  );
  moneyOf.set(offerings, found);
  return found;
}

/** The buckets that the subscription may draw on in a period, its pool's too, in their order of use. */
export function grantsIn(entitlement: Entitlement, period: UsagePeriod): readonly Grant[] {
  const found = entitlement.known.get(period.key);
  if (found) return found;
  const { account, subscription, offerings } = entitlement;
  const grants = [
    ...ownGrants(subscription, offerings, period, account.zone),
    ...(subscription.poolId ? grantsOfPool(account, subscription.poolId, offerings, period) : []),
  ].sort(inOrderOfUse);
  entitlement.known.set(period.key, grants);
  return grants;
}

/** Every bucket of a charging group (a subscription, or a pool with its members' own buckets) in a period. */
export function grantsOfGroup(
  account: SubscriberAccount,
  groupId: string,
  { offerings }: { offerings: OfferingVersions },
  period: UsagePeriod,
): Grant[] {
  const own = account.subscriptions
    .filter(({ poolId, subscriptionId }) => (poolId ?? subscriptionId) === groupId)
    .flatMap((subscription) => ownGrants(subscription, offerings, period, account.zone));
  return [...own, ...grantsOfPool(account, groupId, offerings, period)].sort(inOrderOfUse);
}

/** All members share the answer: a fleet's grants are resolved once, not once per SIM. */
function grantsOfPool(
  account: SubscriberAccount,
  poolId: string,
  offerings: OfferingVersions,
  period: UsagePeriod,
): readonly Grant[] {
  let known = pools.get(account);
  if (known?.offerings !== offerings) {
    known = { offerings, grants: new Map() };
    pools.set(account, known);
  }
  const key = `${poolId} ${period.key}`;
  const found = known.grants.get(key);
  if (found) return found;
  const grants = poolGrants(account, poolId, offerings, period);
  known.grants.set(key, grants);
  return grants;
}
