import type { LocalDate } from '@tollkeeper/calendar';
import type { RevenueCategory, RoundingMode, UsageType } from '@tollkeeper/contracts';
import type { BillDiscount, LineAllocation, LineCorrection, LineDiscount, LinePrice } from './bill-parts';

/** What a quantity counts. */
export type Unit = 'seconds' | 'messages' | 'bytes' | 'millionths' | 'charge';

export interface BillLine {
  lineNo: number;
  kind: 'recurring' | 'usage' | 'oneOff' | 'minimum';
  /** `null`: a charge of a pool. */
  subscriptionId: string | null;
  /** The number that a person knows the subscription by. */
  number: string | null;
  description: string;
  /** Half-open service period. */
  from: LocalDate;
  to: LocalDate;
  quantity: number;
  unit: Unit;
  /** Units that allowances covered; they cost nothing. */
  includedQuantity: number;
  records: number;
  /** Exact before the one rounding of the line; `null` for charges that are priced in minor units. */
  amountMicro: number | null;
  /** Before discounts: `netOf` is what is left of it. */
  amountMinor: number;
  taxCode: string;
  revenueCategory: RevenueCategory;
  /** The service lies after the cut-off: revenue of days that are still to come. */
  deferred: boolean;
  offeringId: string;
  offeringVersion: number | null;
  /** Identity of a recurring charge over all periods; `null` for usage and for what is charged once. */
  chargeKey: string | null;
  /** `before`: days of the same period that were billed before; the line is the difference of two rounded sums. */
  proration: { numerator: number; denominator: number; before?: number } | null;
  /** Rating's periods that the line bills. */
  periodIds: string[];
  /** Which price, and why this one. Absent: usage, and lines drafted before. */
  price?: LinePrice;
  /** The charge's whole period, of which `from` to `to` is billed. Absent: the same days, or charged once. */
  chargePeriod?: { from: LocalDate; to: LocalDate };
  /** In the order in which they were taken off. Absent: none. */
  discounts?: LineDiscount[];
  /** How a bundle's price is divided, after discounts. Absent: one product, the line's own categories. */
  allocation?: LineAllocation;
  /** Absent: no correction of an earlier bill. */
  corrects?: LineCorrection;
  usageType?: UsageType;
  /** Price rule of the plan; absent: the deck. */
  priceId?: string;
  /** Of a minimum: what the period costs at least, and what counts towards it. */
  minimum?: { leastMinor: number; countedMinor: number };
  /** Billed only once ever: no other live bill has the same key. */
  onceKey?: string;
}

export interface BillTax {
  taxId: string;
  name: string;
  jurisdiction: string;
  percent: string;
  rounding: RoundingMode;
  law: string;
  baseMinor: number;
  amountMinor: number;
}

/** Tax that a certificate freed charges of. */
export interface BillExemption {
  taxId: string;
  name: string;
  jurisdiction: string;
  percent: string;
  certificateNumber: string;
  reason: string;
  baseMinor: number;
}

export interface Bill {
  accountId: string;
  currency: string;
  periodFrom: LocalDate;
  periodTo: LocalDate;
  lines: BillLine[];
  taxes: BillTax[];
  /** Absent: none. */
  exemptions?: BillExemption[];
  /** One for each promotion that lowered the bill. Absent: none. */
  discounts?: BillDiscount[];
  /** What may be on one live bill only: charges that are charged once, numbered uses of promotions. */
  onceKeys?: string[];
  /** How far each charge is billed after this bill. Absent: as far as its lines go. */
  charged?: ChargedThrough[];
  /** Lines and discounts. */
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
}

/** `onceKeys` of other live bills. */
export interface BilledOnce {
  has(key: string): boolean;
}

/** What the account's last bill and those before it covered. */
export interface LastBilled {
  periodTo: LocalDate;
  chargedThrough: Record<string, LocalDate>;
  /** What was taken off the last time: it comes off what is given back. */
  discounted?: Record<string, { listMinor: number; discountMinor: number }>;
}

export interface ChargedThrough {
  chargeKey: string;
  through: LocalDate;
  /** Of the charge's last line; `discountMinor` is 0 or less. */
  listMinor: number;
  discountMinor: number;
}

export const unitOf: Record<UsageType, Unit> = {
  voice: 'seconds',
  video: 'seconds',
  sms: 'messages',
  mms: 'messages',
  data: 'bytes',
  event: 'millionths',
};
