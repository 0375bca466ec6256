import type { Instant } from '@tollkeeper/calendar';
import type { CouponTerms, Discount, OfferingVersion } from '@tollkeeper/contracts';

/** A coupon that belongs to no offering: its terms do not change. */
export interface StandingCoupon {
  terms: CouponTerms;
  discount: Omit<Discount, 'coupons'>;
  /** `null`: on whatever the account has. */
  offeringIds: string[] | null;
}

/** What a code of an offering gives by one of its versions; null when that version knows it not. */
export function couponOf(
  { offeringId, discounts = [] }: OfferingVersion,
  code: string,
): StandingCoupon | null {
  for (const { coupons = [], ...discount } of discounts) {
    const terms = coupons.find((each) => each.code.toUpperCase() === code.toUpperCase());
    if (terms) return { terms, discount, offeringIds: [offeringId] };
  }
  return null;
}

type CouponRefusal = { code: 'couponNotYetValid' | 'couponExpired'; detail: string };

/** Half-open: at `validTo` it is over. */
export function refusalAt({ validFrom, validTo }: CouponTerms, at: Instant): CouponRefusal | null {
  if (validFrom !== undefined && at < validFrom)
    return { code: 'couponNotYetValid', detail: `It can be redeemed from ${validFrom} on.` };
  if (validTo !== undefined && at >= validTo)
    return { code: 'couponExpired', detail: `It could be redeemed until ${validTo}.` };
  return null;
}
