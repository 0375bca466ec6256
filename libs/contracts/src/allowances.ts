import type { UsageType, Zone } from './rate-deck';
import type { UsageMatch } from './usage-prices';

/** `min(max, max(left, min))` goes into a bucket of its own, for so many periods. */
export interface Rollover {
  min?: number;
  /** Left out: one grant. */
  max?: number;
  periods: number;
  /** Whether what was carried over is used before the new grant. */
  use: 'first' | 'last';
}

export interface Allowance {
  allowanceId: string;
  name: string;
  usageType: UsageType;
  /** Destination or serving zones that the allowance covers. */
  zones: Zone[];
  /** Seconds, messages or bytes. */
  units: number;
  /** Lower goes first. */
  priority: number;
  /** One bucket for all members of a pool instead of one per subscription. */
  shared: boolean;
  /** Fits only usage that also fits this. */
  when?: UsageMatch;
  /** `members`: the pool's bucket is `units` times the members of that period. Left out: once. */
  sizedBy?: 'members';
  /** Most that one member takes out of a shared bucket. */
  memberCap?: number;
  /** A bucket is drawn in whole steps of its own, whatever the price's increments. */
  step?: number;
  rollover?: Rollover;
  /** Whether the first and the last period get a part by days. Left out: the whole grant. */
  prorate?: { first: boolean; last: boolean };
  /** Left out: granted anew each period. `once` with days: a booster that ends so many days after it was bought. */
  grant?: { every: 'period' } | { every: 'days'; days: number } | { once: true; days: number | null };
  /** Used up: the rest is charged (the default), refused, or free at lower speed. */
  whenUsedUp?: 'charge' | 'block' | 'throttle';
}
