import type { Instant } from '@tollkeeper/calendar';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import type { UsagePeriod } from '../guiding/usage-periods';
import type { OfferingVersions } from './allowance-stretches';
import { compareText, type Grant } from './grant';
import { grantedTo, type Granted } from './resolve-grants';

/** A pool's members draw on one bucket; any other bucket is the subscription's own. */
export function ownGrants(
  subscription: SubscriptionProfile,
  offerings: OfferingVersions,
  period: UsagePeriod,
  zone: string,
): Grant[] {
  const { subscriptionId, poolId } = subscription;
  return grantedTo(subscription, offerings, period, zone)
    .filter(({ allowance }) => !(allowance.shared && poolId))
    .map(({ name, ...granted }) => ({
      ...granted,
      bucket: `${subscriptionId}/${name}`,
      isPooled: false,
    }));
}

type Brought = Granted & { subscriptionId: string };

/** The shared buckets of a pool: any member may draw on what any of them brings. */
export function poolGrants(
  { subscriptions, zone }: SubscriberAccount,
  poolId: string,
  offerings: OfferingVersions,
  period: UsagePeriod,
): Grant[] {
  const byBucket = new Map<string, Brought[]>();
  for (const member of subscriptions) {
    if (member.poolId !== poolId) continue;
    for (const granted of grantedTo(member, offerings, period, zone)) {
      if (!granted.allowance.shared) continue;
      const brought = byBucket.get(granted.name);
      const each = { ...granted, subscriptionId: member.subscriptionId };
      if (brought) brought.push(each);
      else byBucket.set(granted.name, [each]);
    }
  }
  return [...byBucket].flatMap(([bucket, brought]) => pooled(bucket, brought.sort(byStart)));
}

const byStart = (left: Brought, right: Brought): number =>
  compareText(left.fromAt, right.fromAt) || compareText(left.subscriptionId, right.subscriptionId);

/** One grant from each start to the next: what was brought by then, under the terms of the latest that began. */
function pooled(bucket: string, brought: readonly Brought[]): Grant[] {
  const starts = [...new Set(brought.map(({ fromAt }) => fromAt))];
  const expiresAt = brought.reduce<Instant>(
    (last, each) => (last < each.expiresAt ? each.expiresAt : last),
    '',
  );
  const largest = new Map<string, number>();
  return starts.map((fromAt, at) => {
    const begun = brought.filter((each) => each.fromAt === fromAt);
    for (const { subscriptionId, units } of begun)
      largest.set(subscriptionId, Math.max(units, largest.get(subscriptionId) ?? 0));
    const { allowance, currency } = begun[0]!;
    const sizes = [...largest.values()];
    const units =
      allowance.sizedBy === 'members'
        ? sizes.reduce((sum, size) => sum + size, 0)
        : sizes.reduce((most, size) => Math.max(most, size), 0);
    const toAt = starts[at + 1] ?? expiresAt;
    const money = currency === undefined ? {} : { currency };
    return { bucket, allowance, units, ...money, fromAt, toAt, expiresAt, isPooled: true };
  });
}
