import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { accountDiscountFields, couponTermsFields } from '@tollkeeper/tariff';
import type { CouponRow, GivenDiscount } from './coupon.schema';
import type { StandingCoupon } from './coupon-terms';

const coupon = z.object({
  code: z.string(),
  offeringId: z.string().nullable().describe('Whose versions hold its terms; null: they are here'),
  terms: couponTermsFields.nullable(),
  discount: accountDiscountFields.nullable(),
  offeringIds: z.array(z.string()).nullable(),
  redeemed: z.number().int(),
  endedAt: z.string().nullable(),
  createdAt: z.string(),
});
const given = z.object({
  id: z.string(),
  accountId: z.string(),
  customerId: z.string(),
  subscriptionId: z.string().nullable(),
  offeringIds: z.array(z.string()).nullable(),
  discount: accountDiscountFields,
  code: z.string().nullable().describe('Null: given by hand'),
  from: z.string(),
  to: z.string().nullable().describe('Null: until its periods are used up'),
  reason: z.string().nullable(),
  createdAt: z.string(),
});

export class CouponView extends createZodDto(coupon) {}
export class CouponPageView extends createZodDto(z.object({ data: z.array(coupon), hasMore: z.boolean() })) {}
export class AccountDiscountView extends createZodDto(given) {}
export class AccountDiscountPage extends createZodDto(
  z.object({ data: z.array(given), hasMore: z.boolean() }),
) {}

export function couponView({ code, offeringId, content, redeemed, endedAt, createdAt }: CouponRow) {
  const standing = content === null ? null : (JSON.parse(content) as StandingCoupon);
  return {
    ...{ code, offeringId, terms: standing?.terms ?? null, discount: standing?.discount ?? null },
    ...{ offeringIds: standing?.offeringIds ?? null, redeemed, endedAt, createdAt },
  };
}

export const accountDiscountView = ({
  _id,
  accountId,
  customerId,
  code,
  fact,
  reason,
  createdAt,
}: GivenDiscount) => ({
  ...{ id: _id, accountId, customerId, subscriptionId: fact.subscriptionId, offeringIds: fact.offeringIds },
  ...{ discount: fact.discount, code, from: fact.from, to: fact.to, reason, createdAt },
});
