import { z } from 'zod';
import { isRate } from '@tollkeeper/money';
import { amountField, taxCodeField } from './charge-fields';
import { fields, idField, instantField, listOf, nameField, oneOf } from './plain-fields';

const percentField = z
  .string({ error: 'must be a decimal string, such as "12.5"' })
  .refine((text) => isRate(text) && !text.startsWith('-'), 'must be a plain decimal, such as "12.5"')
  .refine((text) => !/^0*(\.0*)?$/.test(text), 'lowers nothing')
  .refine((text) => /^0*(\d{1,2}(\.\d+)?|100(\.0+)?)$/.test(text), 'is more than all of it');

const some = <Field extends z.ZodType>(field: Field) =>
  listOf(field).min(1, 'leave it out rather than empty').max(200).optional();

export const couponCodeField = z
  .string()
  .regex(/^[A-Za-z0-9-]{3,40}$/, 'must be a code: 3 to 40 letters, digits and -');

/** A code and its limits. */
export const couponTermsFields = fields({
  code: couponCodeField,
  maxRedemptions: z.number().int().min(1).max(1_000_000_000).optional(),
  maxPerCustomer: z.number().int().min(1).max(1000).optional(),
  validFrom: instantField.optional(),
  validTo: instantField.optional(),
});

const plainDiscount = {
  discountId: idField,
  name: nameField,
  value: z.discriminatedUnion('off', [
    fields({
      off: z.literal('percentage'),
      percent: percentField,
      atMostMinor: amountField.min(1, 'lowers nothing').optional(),
    }),
    fields({ off: z.literal('fixed'), amountMinor: amountField.min(1, 'lowers nothing') }),
  ]),
  level: oneOf(['line', 'plan', 'bill']),
  appliesTo: fields({
    chargeIds: some(idField),
    priceIds: some(idField),
    usageTypes: some(oneOf(['voice', 'video', 'sms', 'mms', 'data', 'event'])),
    taxCodes: some(taxCodeField),
  }).optional(),
  periods: z.number().int().min(1).max(1200).optional(),
  firstUnits: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  priority: z.number().int().min(0).max(1000).optional(),
};

/** As a coupon or an account has it. */
export const accountDiscountFields = fields(plainDiscount);

export const discountFields = fields({
  ...plainDiscount,
  coupons: listOf(couponTermsFields)
    .min(1, 'leave it out rather than empty')
    .max(10_000, 'send further coupons by POST /v1/catalog/coupons')
    .optional(),
});
