import type { AccountDiscount } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A code belongs to one offering or to the operator's people; how often it was redeemed is counted here. */
export interface CouponRow {
  /** `<tenant>/<CODE>` */
  _id: string;
  /** In capitals. */
  code: string;
  /** Whose versions hold its terms; null: they are in `content`. */
  offeringId: string | null;
  /** `canonicalJson` of a StandingCoupon. */
  content: string | null;
  redeemed: number;
  /** Ended by a person. */
  endedAt: string | null;
  createdAt: string;
}

/** What an account was given: the n-th of its customer with that code. */
interface AccountDiscountRow {
  _id: string;
  accountId: string;
  customerId: string;
  code: string | null;
  /** 1 to `maxPerCustomer`: the unique index is the lock. */
  no: number | null;
  revision: number;
  /** `canonicalJson` of the fact as it was told last. */
  content: string;
  by: string;
  reason: string | null;
  createdAt: string;
}

export interface GivenDiscount extends Omit<AccountDiscountRow, 'content'> {
  fact: AccountDiscount;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

export const Coupons = defineCollection<CouponRow>(
  'coupons',
  rowSchema({
    _id: text,
    code: text,
    offeringId: String,
    content: String,
    redeemed: count,
    endedAt: String,
    createdAt: text,
  }),
  [{ keys: { code: 1 }, unique: true }],
);

export const AccountDiscounts = defineCollection<AccountDiscountRow>(
  'accountDiscounts',
  rowSchema({
    _id: text,
    accountId: text,
    customerId: text,
    code: String,
    no: Number,
    revision: count,
    content: text,
    by: text,
    reason: String,
    createdAt: text,
  }),
  [
    { keys: { accountId: 1, _id: 1 } },
    { keys: { code: 1, customerId: 1, no: 1 }, unique: true, partial: { code: { $type: 'string' } } },
  ],
);
