import type { UsageType, Zone } from './rate-deck';
import type { UsageMatch } from './usage-prices';

/** `min(max, max(left, min))` of a closed period goes into a bucket of its own, for so many periods. */
export interface Rollover {
  /** Left out: 0. */
  min?: number;
  /** Left out: one grant. */
  max?: number;
  periods: number;
  /** Whether what was carried over is used right before its allowance's new grant, or right after it. */
  use: 'first' | 'last';
}

/**
 * `period`: anew each billing (or paid) period. `days`: anew every so many days of the account's calendar, counted from
 * the day on which the plan or add-on began. `once`: a booster, granted when the add-on begins; each purchase is a bucket
 * of its own. It ends so many days later, by `ends` to the minute (`activation`, the default) or with the end of the last
 * of these days (`calendar`: the day of purchase is the first); `days: null` ends with the period of the purchase.
 */
type GrantRule =
  | { every: 'period' }
  | { every: 'days'; days: number }
  | { once: true; days: number | null; ends?: 'activation' | 'calendar' };

/**
 * Most that one subscription takes of an allowance in these zones in a period (of a recurring or one-off grant: of it), what
 * was carried over included; never prorated. Usage beyond it is priced as if the allowance did not cover it.
 */
export interface ZoneLimit {
  zones: Zone[];
  units: number;
}

/** Each started `each.units` of such usage take `takes` units of the bucket: a message that costs a minute of 60 s. */
export interface UnitExchange {
  each: { usageType: UsageType; units: number };
  takes: number;
}

/** What an allowance is counted in: a kind of usage, or money that any kind of usage is paid from. */
export type AllowanceKind = UsageType | 'money';

export interface Allowance {
  allowanceId: string;
  name: string;
  /**
   * `money`: included money, drawn at what usage costs that no other allowance covers (`when.usageTypes` names the kinds
   * that it pays; left out: any). Usage is priced as always, its amount is taken, the rest is charged.
   */
  usageType: AllowanceKind;
  /** Destination or serving zones that the allowance covers. Empty: anywhere, of money only. */
  zones: Zone[];
  /** Seconds, messages, bytes, millionths of an event's unit, or millionths of the plan's currency. */
  units: number;
  /** Lower goes first; of equals the one that expires earlier, then by bucket id. */
  priority: number;
  /** One bucket for all members of a pool instead of one per subscription. */
  shared: boolean;
  /** Fits only usage that also fits this. */
  when?: UsageMatch;
  /**
   * `members`: the pool's bucket is the sum of what each member's plan brings, from the day on which it joined the period;
   * a member that leaves takes nothing away before the period ends. Left out: once, the largest that a member's plan has.
   */
  sizedBy?: 'members';
  /** Most that one member takes of a shared allowance in a period, what was carried over included. */
  memberCap?: number;
  /** Parts of it that are usable in some of its zones only: at most 36 of 100 GB while roaming. Left out: all of it, anywhere. */
  limits?: ZoneLimit[];
  /** A bucket is drawn in whole steps of its own, whatever the price's increments; less than a step is never drawn. */
  step?: number;
  /**
   * What draws on it at a rate of its own: other kinds of usage, or its own kind (two for one). Only whole `takes` are
   * drawn. Left out: its own kind alone, unit by unit.
   */
  exchange?: UnitExchange[];
  /** Of grants by period only. */
  rollover?: Rollover;
  /**
   * Whether a plan's (or add-on's) first and last period get a part by days of the period, rounded down. Of grants by
   * period only. Left out: the whole grant.
   */
  prorate?: { first: boolean; last: boolean };
  /** Left out: granted anew each period. */
  grant?: GrantRule;
  /**
   * Once everything that covers the usage is used up, the rest is charged (the default), refused, or free at lower speed
   * (`throttle`: `units` is the fair-use threshold). The first allowance in order of use that says so decides.
   */
  whenUsedUp?: 'charge' | 'block' | 'throttle';
}
