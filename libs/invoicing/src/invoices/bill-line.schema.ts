import { rowSchema } from '@tollkeeper/platform';

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };
const flag = { type: Boolean, required: true };
const texts = { type: [String], required: true };

const linePrice = rowSchema({
  chargeId: text,
  amountMinor: long,
  source: text,
  sourceId: String,
});
const lineDiscount = rowSchema({ discountKey: text, name: text, level: text, amountMinor: long });
const partOf = { componentId: text, name: text, amountMinor: long };
const lineAllocation = rowSchema({
  revenue: [rowSchema({ ...partOf, revenueCategory: text })],
  tax: [rowSchema({ ...partOf, taxCode: text, taxCategory: text })],
});

/** A line of a bill as it is kept. */
export const billLineSchema = rowSchema({
  lineNo: count,
  kind: text,
  subscriptionId: String,
  number: String,
  description: text,
  from: text,
  to: text,
  quantity: long,
  unit: text,
  includedQuantity: long,
  records: long,
  amountMicro: BigInt,
  amountMinor: long,
  taxCode: text,
  revenueCategory: text,
  deferred: flag,
  offeringId: text,
  offeringVersion: Number,
  chargeKey: String,
  proration: rowSchema({ numerator: count, denominator: count, before: Number, unit: String }),
  periodIds: texts,
  price: linePrice,
  chargePeriod: rowSchema({ from: text, to: text }),
  discounts: [lineDiscount],
  allocation: lineAllocation,
  corrects: rowSchema({ from: text, to: text, invoiceId: String, reason: String }),
  late: Boolean,
  usageType: String,
  minimum: rowSchema({ leastMinor: long, countedMinor: long }),
  priceId: String,
  provider: rowSchema({ name: text, phone: String }),
  taxInsideMinor: BigInt,
  termination: rowSchema({
    monthsLeft: count,
    agreedMinor: long,
    deviceMinor: BigInt,
    chargesMinor: BigInt,
  }),
  device: rowSchema({
    planId: text,
    no: count,
    through: count,
    of: count,
    left: count,
    leftMinor: long,
    because: text,
  }),
  onceKey: String,
});
