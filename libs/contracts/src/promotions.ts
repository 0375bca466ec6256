import type { Instant } from '@tollkeeper/calendar';
import type { UsageType } from './rate-deck';

/**
 * A percentage is a decimal string: '12.5'; `atMostMinor` caps what it takes off, once wherever a fixed amount would be
 * due once (left out: no cap). `fixed` is due once a period and never brings a price below 0.
 */
export type DiscountValue =
  { off: 'percentage'; percent: string; atMostMinor?: number } | { off: 'fixed'; amountMinor: number };

/** Left out: everything at that level. What is named narrows it; of a list, one. */
interface DiscountScope {
  chargeIds?: string[];
  /** Price rules of the plan. */
  priceIds?: string[];
  usageTypes?: UsageType[];
  /** A discount of one tax category never lowers another. */
  taxCodes?: string[];
}

/**
 * Order on a bill: line, then plan (all lines of one subscription's offering), then bill; at one level percentages
 * before fixed amounts, then by `priority`, then by `discountId`.
 */
export interface Discount {
  discountId: string;
  name: string;
  value: DiscountValue;
  level: 'line' | 'plan' | 'bill';
  appliesTo?: DiscountScope;
  /** So many billing periods from the first one on. Left out: as long as the offering is held. */
  periods?: number;
  /** At level `line`, on usage: only the first n units (seconds, messages, bytes) of each period. Left out: all of them. */
  firstUnits?: number;
  /** Lower goes first. Left out: 0. */
  priority?: number;
  /** Only for accounts that redeemed one of these. Left out: for all. */
  coupons?: CouponTerms[];
}

/** A code and its limits. */
export interface CouponTerms {
  /** Letters, digits and -; compared without regard to case. */
  code: string;
  /** Redemptions in all. Left out: no limit. */
  maxRedemptions?: number;
  /** Left out: 1. */
  maxPerCustomer?: number;
  /** Redeemed from this instant until before `validTo`. Left out: at any time. */
  validFrom?: Instant;
  validTo?: Instant;
}

/** A discount that an account has for a time, by a coupon or by hand: catalog tells invoicing; the higher revision wins. */
export interface AccountDiscount {
  accountDiscountId: string;
  revision: number;
  accountId: string;
  /** `null`: all subscriptions of the account. */
  subscriptionId: string | null;
  /** Only on charges and usage of these offerings. `null`: of any. */
  offeringIds: string[] | null;
  /** Without its coupons. */
  discount: Omit<Discount, 'coupons'>;
  /** The first period that it lowers is the one that begins then or later, or contains it. */
  from: Instant;
  /** `null`: until its periods are used up. */
  to: Instant | null;
  /** `null`: given by hand. */
  code: string | null;
}
