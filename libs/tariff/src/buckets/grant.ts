import type { Instant } from '@tollkeeper/calendar';
import type { Allowance, ZoneLimit } from '@tollkeeper/contracts';

/** A bucket that a subscription may draw on, and when. Half-open; a bucket may grow from one of its grants to the next. */
export interface Grant {
  /** The key of what was used of it: `sub_1/minutes`, `family-data`, `sub_1/booster#2026-03-05T10:00:00.000Z`. */
  bucket: string;
  allowance: Allowance;
  units: number;
  /** Of money only. */
  currency?: string;
  fromAt: Instant;
  toAt: Instant;
  /** When its rest is gone; later than `toAt` where the plan's version changes before. */
  expiresAt: Instant;
  /** Whether members of a pool draw on it together. */
  isPooled: boolean;
}

/** Units of an allowance that a closed period left; a bucket of its own. */
export interface CarriedUnits {
  /** `sub_1/minutes+2026-02-01`: the allowance's bucket and the period that left it, so that nothing is carried twice. */
  bucket: string;
  /** The bucket whose grant says what the units are good for; without that grant they cannot be used. */
  ofBucket: string;
  sourcePeriod: string;
  units: number;
  /** Periods, this one included, until they expire. */
  periodsLeft: number;
}

export const usableAt = ({ fromAt, toAt }: Grant, at: Instant): boolean => fromAt <= at && at < toAt;

/** Priority, then the one that expires earlier, then by bucket. */
export const inOrderOfUse = (left: Grant, right: Grant): number =>
  left.allowance.priority - right.allowance.priority ||
  compareText(left.expiresAt, right.expiresAt) ||
  compareText(left.bucket, right.bucket) ||
  compareText(left.fromAt, right.fromAt);

export const compareText = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;

/** What one member took out of a pool's bucket; counted beside the bucket itself. */
export const memberCounter = (bucket: string, subscriptionId: string): string =>
  `${bucket}@${subscriptionId}`;

/** What one subscription took of a bucket in the zones of one of its limits. */
export const limitCounter = (counter: string, { zones }: ZoneLimit): string =>
  `${counter}!in:${[...zones].sort().join('+')}`;

/** What a bucket of money paid of a sum whose price may fall again, and what of it was charged beside the bucket. */
export const sumCounter = (bucket: string, sum: string | null): string => `${bucket}!of:${sum ?? ''}`;
export const unpaidCounter = (bucket: string, sum: string | null): string => `${bucket}!charged:${sum ?? ''}`;

/** Sums begin anew with each period; what is told of them goes with them. */
export const isOfSum = (counter: string): boolean =>
  counter.includes('!of:') || counter.includes('!charged:');

/** Units behind the fair-use threshold: free, at lower speed. */
export const throttledCounter = (bucket: string): string => `${bucket}!throttled`;
