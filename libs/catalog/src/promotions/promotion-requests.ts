import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { idField, instantField, pageQuery, reasonField } from '@tollkeeper/platform';
import { accountDiscountFields, couponCodeField, couponTermsFields } from '@tollkeeper/tariff';

const offeringIds = z.array(idField).min(1, 'leave it out rather than empty').max(500);

export class CreateCoupon extends createZodDto(
  z.strictObject({
    ...couponTermsFields.shape,
    discount: accountDiscountFields,
    offeringIds: offeringIds.optional().describe('Left out: on whatever the account has'),
  }),
) {}
export class CouponParams extends createZodDto(z.strictObject({ code: couponCodeField })) {}
export class RedeemCoupon extends createZodDto(
  z.strictObject({
    code: couponCodeField,
    subscriptionId: idField.optional().describe('Left out: on all that the account pays for'),
  }),
) {}
export class GiveDiscount extends createZodDto(
  z.strictObject({
    discount: accountDiscountFields,
    subscriptionId: idField.optional(),
    offeringIds: offeringIds.optional(),
    from: instantField.transform(instant).optional().describe('Left out: now'),
    reason: reasonField,
  }),
) {}
export class AccountParams extends createZodDto(z.strictObject({ accountId: idField })) {}
export class AccountDiscountParams extends createZodDto(z.strictObject({ accountDiscountId: idField })) {}
export class Because extends createZodDto(z.strictObject({ reason: reasonField })) {}
export class PromotionsPage extends createZodDto(pageQuery) {}
