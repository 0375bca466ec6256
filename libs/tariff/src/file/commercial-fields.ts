import { z } from 'zod';
import { offeringKinds, taxCategories } from '@tollkeeper/contracts';
import { amountField, chargeBasics, revenueCategoryField, taxCodeField } from './charge-fields';
import { discountFields } from './discount-fields';
import { fields, flagField, idField, instantField, listOf, nameField, oneOf } from './plain-fields';

const ids = (most: number) => listOf(idField).min(1, 'leave it out rather than empty').max(most);
const words = listOf(z.string().trim().min(1).max(64)).min(1, 'leave it out rather than empty').max(200);
const countField = z.number().int('must be a whole number');

const eligibility = fields({
  segments: words.optional(),
  customerTypes: listOf(oneOf(['person', 'organisation']))
    .min(1)
    .max(2)
    .optional(),
  countries: listOf(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code such as US'))
    .min(1, 'leave it out rather than empty')
    .max(250)
    .optional(),
  creditClasses: words.optional(),
  newCustomersOnly: flagField.optional(),
  salesFrom: instantField.optional(),
  salesTo: instantField.optional(),
  excludes: ids(200).optional(),
});

const minimum = fields({
  minimumId: idField,
  ...chargeBasics,
  of: oneOf(['all', 'usage']),
  priceIds: ids(100).optional(),
  prorate: flagField.optional(),
  proration: fields({ firstDay: flagField.optional(), lastDay: flagField.optional() }).optional(),
});

const monthsField = countField.min(1).max(120, 'is longer than ten years');
const earlyTermination = fields({
  name: nameField,
  taxCode: taxCodeField,
  revenueCategory: revenueCategoryField,
  charge: z.discriminatedUnion('fee', [
    fields({ fee: z.literal('fixed'), amountMinor: amountField }),
    fields({ fee: z.literal('perRemainingMonth'), amountMinor: amountField }),
    fields({
      fee: z.literal('table'),
      rows: listOf(fields({ fromMonth: countField.min(0).max(120), amountMinor: amountField }))
        .min(1)
        .max(121),
    }),
  ]),
  cap: fields({ rule: z.literal('eu2018-1972'), deviceValueMinor: amountField }).optional(),
});

const share = { componentId: idField };
const allocation = z.discriminatedUnion('in', [
  fields({
    in: z.literal('millionths'),
    shares: listOf(fields({ ...share, millionths: countField.min(0).max(1_000_000) }))
      .min(1)
      .max(50),
  }),
  fields({
    in: z.literal('amounts'),
    shares: listOf(fields({ ...share, amountMinor: amountField }))
      .min(1)
      .max(50),
  }),
]);

const component = fields({
  componentId: idField,
  name: nameField,
  productId: idField.optional(),
  offeringId: idField.optional(),
  taxCode: taxCodeField,
  taxCategory: oneOf(taxCategories),
  revenueCategory: revenueCategoryField,
});

/** The half of an offering that says who may buy it, what it costs once, for how long it binds, and what lowers its price. */
export const commercialFields = {
  kind: oneOf(offeringKinds).optional(),
  description: z.string().trim().min(1).max(2000).optional(),
  compatiblePlans: ids(500).optional(),
  eligibility: eligibility.optional(),
  oneOffCharges: listOf(
    fields({
      chargeId: idField,
      ...chargeBasics,
      when: oneOf(['setup', 'activation', 'other']),
    }),
  )
    .max(50)
    .optional(),
  deposit: fields({
    amountMinor: amountField.min(1, 'leave it out rather than 0'),
    refundAfterMonths: monthsField.optional(),
  }).optional(),
  commitment: fields({
    minimums: listOf(minimum).min(1).max(20).optional(),
    termMonths: monthsField.optional(),
    earlyTermination: earlyTermination.optional(),
  }).optional(),
  bundle: fields({
    components: listOf(component).min(2).max(50),
    revenue: allocation,
    tax: allocation,
  }).optional(),
  device: fields({
    priceMinor: amountField.min(1, 'must be above 0'),
    taxCode: taxCodeField,
    instalments: z.number().int().min(1).max(60).optional(),
    downPaymentMinor: amountField.optional(),
    valueMinor: amountField.optional(),
    onTermination: oneOf(['accelerate', 'goOn']).optional(),
  }).optional(),
  discounts: listOf(discountFields).max(50).optional(),
  scheduledPrices: listOf(fields({ chargeId: idField, from: instantField, amountMinor: amountField }))
    .max(200)
    .optional(),
};
