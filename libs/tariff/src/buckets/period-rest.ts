import type { Rollover } from '@tollkeeper/contracts';
import type { UsagePeriod } from '../guiding/usage-periods';
import type { BucketState, BucketUse } from './draw';
import { compareText, isOfSum, type CarriedUnits, type Grant } from './grant';

/** What a period leaves to the group's next one. */
export interface PeriodRest {
  carried: CarriedUnits[];
  /** What was used of buckets that go on: boosters and recurring grants whose window ends later. */
  opening: BucketUse[];
}

export const noRest: PeriodRest = { carried: [], opening: [] };

/** `min(max, max(left, min))`; by default at least nothing and at most one grant. */
export const carriedOver = (left: number, grant: number, { min = 0, max = grant }: Rollover): number =>
  Math.min(max, Math.max(left, min));

const carriedBucket = (bucket: string, sourcePeriod: string): string => `${bucket}+${sourcePeriod}`;

const usedOf = ({ buckets }: BucketState, bucket: string): number => buckets.get(bucket) ?? 0;

/**
 * The rest of a closed period: its unused units by each allowance's rollover rule, and what was carried to it before and
 * has periods left. A bucket is named by the period that left it, so that closing again gives the same buckets.
 */
export function restOf(grants: readonly Grant[], state: BucketState, period: UsagePeriod): PeriodRest {
  return { carried: carriedFrom(grants, state, period), opening: openingFrom(grants, state, period) };
}

function carriedFrom(grants: readonly Grant[], state: BucketState, period: UsagePeriod): CarriedUnits[] {
  const earlier = [...(state.carried?.values() ?? [])].flat().flatMap((carried) => {
    const units = carried.units - usedOf(state, carried.bucket);
    return units > 0 && carried.periodsLeft > 1
      ? [{ ...carried, units, periodsLeft: carried.periodsLeft - 1 }]
      : [];
  });
  const own = grants.flatMap(({ bucket, allowance: { rollover, grant }, units, toAt }) => {
    const isOfPeriod = grant === undefined || ('every' in grant && grant.every === 'period');
    if (!rollover || !isOfPeriod || toAt < period.toAt) return [];
    const carried = carriedOver(Math.max(0, units - usedOf(state, bucket)), units, rollover);
    if (carried === 0) return [];
    const { key: sourcePeriod } = period;
    return [
      {
        bucket: carriedBucket(bucket, sourcePeriod),
        ofBucket: bucket,
        sourcePeriod,
        units: carried,
        periodsLeft: rollover.periods,
      },
    ];
  });
  return [...earlier, ...own].sort((left, right) => compareText(left.bucket, right.bucket));
}

function openingFrom(grants: readonly Grant[], { buckets }: BucketState, period: UsagePeriod): BucketUse[] {
  const goingOn = new Set(
    grants.filter(({ expiresAt }) => expiresAt > period.toAt).map(({ bucket }) => bucket),
  );
  return [...buckets]
    .filter(([counter, units]) => units > 0 && !isOfSum(counter) && goingOn.has(bucketOfCounter(counter)))
    .map(([bucket, units]) => ({ bucket, units }))
    .sort((left, right) => compareText(left.bucket, right.bucket));
}

/** The bucket that a counter belongs to: `family-data@sub_1` counts a share of `family-data`. */
export const bucketOfCounter = (counter: string): string => /^[^@!]*/.exec(counter)?.[0] ?? counter;

/** As a fold starts from it. */
export function carriedByBucket(carried: readonly CarriedUnits[]): Map<string, CarriedUnits[]> {
  const byBucket = new Map<string, CarriedUnits[]>();
  for (const each of [...carried].sort((left, right) => compareText(left.sourcePeriod, right.sourcePeriod)))
    byBucket.set(each.ofBucket, [...(byBucket.get(each.ofBucket) ?? []), each]);
  return byBucket;
}

export const sameRest = (left: PeriodRest, right: PeriodRest): boolean =>
  JSON.stringify(ordered(left)) === JSON.stringify(ordered(right));

const ordered = ({ carried, opening }: PeriodRest): unknown => [
  carried.map(({ bucket, units, periodsLeft }) => [bucket, units, periodsLeft]),
  opening.map(({ bucket, units }) => [bucket, units]),
];
