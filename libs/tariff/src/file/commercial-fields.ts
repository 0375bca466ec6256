import { z } from 'zod';
import { offeringKinds, taxCategories } from '@tollkeeper/contracts';
import { amountField, chargeBasics, revenueCategoryField, taxCodeField } from './charge-fields';
import { discountFields } from './discount-fields';
import { idField, instantField, nameField } from './plain-fields';

const ids = (most: number) => z.array(idField).min(1, 'leave it out rather than empty').max(most);
const words = z.array(z.string().trim().min(1).max(64)).min(1, 'leave it out rather than empty').max(200);
const countField = z.number().int('must be a whole number');

const eligibility = z.strictObject({
  segments: words.optional(),
  customerTypes: z
    .array(z.enum(['person', 'organisation']))
    .min(1)
    .max(2)
    .optional(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as US'))
    .min(1, 'leave it out rather than empty')
    .max(250)
    .optional(),
  creditClasses: words.optional(),
  newCustomersOnly: z.boolean().optional(),
  salesFrom: instantField.optional(),
  salesTo: instantField.optional(),
  excludes: ids(200).optional(),
});

const minimum = z.strictObject({
  minimumId: idField,
  ...chargeBasics,
  of: z.enum(['all', 'usage']),
  priceIds: ids(100).optional(),
  prorate: z.boolean().optional(),
});

const monthsField = countField.min(1).max(120, 'is longer than ten years');
const earlyTermination = z.strictObject({
  name: nameField,
  taxCode: taxCodeField,
  revenueCategory: revenueCategoryField,
  charge: z.discriminatedUnion('fee', [
    z.strictObject({ fee: z.literal('fixed'), amountMinor: amountField }),
    z.strictObject({ fee: z.literal('perRemainingMonth'), amountMinor: amountField }),
    z.strictObject({
      fee: z.literal('table'),
      rows: z
        .array(z.strictObject({ fromMonth: countField.min(0).max(120), amountMinor: amountField }))
        .min(1)
        .max(121),
    }),
  ]),
  cap: z.strictObject({ rule: z.literal('eu2018-1972'), deviceValueMinor: amountField }).optional(),
});

const share = { componentId: idField };
const allocation = z.discriminatedUnion('in', [
  z.strictObject({
    in: z.literal('millionths'),
    shares: z
      .array(z.strictObject({ ...share, millionths: countField.min(0).max(1_000_000) }))
      .min(1)
      .max(50),
  }),
  z.strictObject({
    in: z.literal('amounts'),
    shares: z
      .array(z.strictObject({ ...share, amountMinor: amountField }))
      .min(1)
      .max(50),
  }),
]);

const component = z.strictObject({
  componentId: idField,
  name: nameField,
  productId: idField.optional(),
  offeringId: idField.optional(),
  taxCode: taxCodeField,
  taxCategory: z.enum(taxCategories),
  revenueCategory: revenueCategoryField,
});

/** The half of an offering that says who may buy it, what it costs once, for how long it binds, and what lowers its price. */
export const commercialFields = {
  kind: z.enum(offeringKinds).optional(),
  description: z.string().trim().min(1).max(2000).optional(),
  compatiblePlans: ids(500).optional(),
  eligibility: eligibility.optional(),
  oneOffCharges: z
    .array(
      z.strictObject({
        chargeId: idField,
        ...chargeBasics,
        when: z.enum(['setup', 'activation', 'other']),
      }),
    )
    .max(50)
    .optional(),
  deposit: z
    .strictObject({
      amountMinor: amountField.min(1, 'leave it out rather than 0'),
      refundAfterMonths: monthsField.optional(),
    })
    .optional(),
  commitment: z
    .strictObject({
      minimums: z.array(minimum).min(1).max(20).optional(),
      termMonths: monthsField.optional(),
      earlyTermination: earlyTermination.optional(),
    })
    .optional(),
  bundle: z
    .strictObject({ components: z.array(component).min(2).max(50), revenue: allocation, tax: allocation })
    .optional(),
  discounts: z.array(discountFields).max(50).optional(),
  scheduledPrices: z
    .array(z.strictObject({ chargeId: idField, from: instantField, amountMinor: amountField }))
    .max(200)
    .optional(),
};
