import type { Instant } from '@tollkeeper/calendar';
import type { AllowanceKind } from '@tollkeeper/contracts';
import type { BucketState } from './draw';
import {
  compareText,
  limitCounter,
  memberCounter,
  throttledCounter,
  type CarriedUnits,
  type Grant,
} from './grant';

/** What a person is told of a bucket: left = granted + carriedOver - used, until it expires. */
export interface BucketStand {
  bucket: string;
  allowanceId: string;
  name: string;
  /** Of `money` everything is counted in millionths of `currency`. */
  usageType: AllowanceKind;
  currency?: string;
  shared: boolean;
  /** By the plan or add-on, as of the moment asked for; a pool grows with its members. */
  granted: number;
  /** What earlier periods left to it, in buckets of their own that are counted with it. */
  carriedOver: number;
  used: number;
  left: number;
  /** When the rest of the grant is gone (or rolled over). */
  expiresAt: Instant;
  /** Used up, and everything behind it is free at lower speed. */
  throttled: boolean;
  throttledUnits: number;
  /** What may be used of it in some zones only, and what was, by all who draw on it. */
  limits?: { zones: string[]; units: number; used: number }[];
  /** Of a pool's bucket: who took how much, and how much a member may take; `null`: no cap. */
  members: { subscriptionId: string; used: number; cap: number | null }[];
}

/** Every bucket that began by then, in the order of use; `members` are the pool's subscriptions. */
export function bucketStands(
  grants: readonly Grant[],
  state: BucketState,
  at: Instant,
  members: readonly string[],
): BucketStand[] {
  const latest = new Map<string, Grant>();
  for (const grant of grants) {
    const known = latest.get(grant.bucket);
    if (grant.fromAt <= at && (known === undefined || known.fromAt < grant.fromAt))
      latest.set(grant.bucket, grant);
  }
  return grants
    .filter((grant) => latest.get(grant.bucket) === grant)
    .map((grant) => standOf(grant, state, at, members));
}

function standOf(
  { bucket, allowance, units: granted, currency, expiresAt, isPooled }: Grant,
  { buckets, carried }: BucketState,
  at: Instant,
  members: readonly string[],
): BucketStand {
  const { allowanceId, name, usageType, shared, memberCap, whenUsedUp, limits } = allowance;
  const earlier: readonly CarriedUnits[] = carried?.get(bucket) ?? [];
  const all = [bucket, ...earlier.map((each) => each.bucket)];
  const sum = (counters: readonly string[]) =>
    counters.reduce((total, counter) => total + (buckets.get(counter) ?? 0), 0);
  const carriedOver = earlier.reduce((total, { units }) => total + units, 0);
  const used = sum(all);
  const left = at < expiresAt ? Math.max(0, granted + carriedOver - used) : 0;
  return {
    bucket,
    allowanceId,
    name,
    usageType,
    ...(currency === undefined ? {} : { currency }),
    shared,
    granted,
    carriedOver,
    used,
    left,
    expiresAt,
    throttled: whenUsedUp === 'throttle' && left === 0,
    throttledUnits: buckets.get(throttledCounter(bucket)) ?? 0,
    ...(limits === undefined
      ? {}
      : {
          limits: limits.map((limit) => ({
            ...limit,
            used: sum(
              (isPooled ? members.map((member) => memberCounter(bucket, member)) : [bucket]).map((own) =>
                limitCounter(own, limit),
              ),
            ),
          })),
        }),
    members: !isPooled
      ? []
      : [...members].sort(compareText).map((subscriptionId) => ({
          subscriptionId,
          used: sum(all.map((each) => memberCounter(each, subscriptionId))),
          cap: memberCap ?? null,
        })),
  };
}
