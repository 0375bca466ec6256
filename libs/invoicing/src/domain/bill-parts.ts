import type { LocalDate } from '@tollkeeper/calendar';
import type { DiscountValue, RevenueCategory, TaxCategory } from '@tollkeeper/contracts';

/** `placed`: by a person or another system, at a price of its own. */
export interface LinePrice {
  chargeId: string;
  /** Of one whole period, or of the charge that is charged once. */
  amountMinor: number;
  source: 'list' | 'scheduled' | 'override' | 'placed';
  /** The override, or the charge that was placed. */
  sourceId?: string;
}

/** A part of what a promotion takes off, on one line. */
export interface LineDiscount {
  discountKey: string;
  name: string;
  level: 'line' | 'plan' | 'bill';
  /** 0 or less; above it only on a line that gives back what was discounted. */
  amountMinor: number;
}

interface RevenuePart {
  componentId: string;
  name: string;
  revenueCategory: RevenueCategory;
  amountMinor: number;
}

export interface TaxPart {
  componentId: string;
  name: string;
  taxCode: string;
  taxCategory: TaxCategory;
  amountMinor: number;
}

/** Both lists add up to what is left of the line after discounts. */
export interface LineAllocation {
  revenue: RevenuePart[];
  tax: TaxPart[];
}

/** The line settles days that were billed before, after they were rated again. */
export interface LineCorrection {
  from: LocalDate;
  to: LocalDate;
  invoiceId?: string;
  reason?: string;
}

/** A promotion on a bill: what it took off in all, and which of its periods this one is. */
export interface BillDiscount {
  discountKey: string;
  discountId: string;
  name: string;
  level: 'line' | 'plan' | 'bill';
  value: DiscountValue;
  offeringId: string | null;
  offeringVersion: number | null;
  /** Given to the account by a coupon or by hand. */
  accountDiscountId: string | null;
  code: string | null;
  /** 0 or less. */
  amountMinor: number;
  byTaxCode: { taxCode: string; amountMinor: number }[];
  /** This bill's use of `of` uses; both `null`: as long as it is held. */
  use: number | null;
  of: number | null;
}
