import type { Instant } from '@tollkeeper/calendar';
import type { Allowance } from './allowances';
import type { UsagePriceRule } from './usage-prices';

export interface RecurringCharge {
  chargeId: string;
  name: string;
  amountMinor: number;
  /** In advance: for the period that starts at the cut-off; in arrears: for the one that ends. */
  timing: 'inAdvance' | 'inArrears';
  /** `perPool` is charged once for a pool, on its first member. */
  per: 'subscription' | 'pool';
  prorate: boolean;
  taxCode: string;
  revenueCategory: RevenueCategory;
}

export type RevenueCategory = 'voice' | 'sms' | 'data' | 'service' | 'recurring' | 'device' | 'fee';

/** An immutable, effective-dated version of a ProductOffering. */
export interface OfferingVersion {
  offeringId: string;
  version: number;
  name: string;
  currency: string;
  validFrom: Instant;
  deckId: string;
  recurringCharges: RecurringCharge[];
  allowances: Allowance[];
  /** The plan's own prices by attributes of the usage; what no rule fits is priced by the deck. */
  usagePrices?: UsagePriceRule[];
  usageTaxCode: string;
  /** Set for plans paid in advance: length of the paid period and what it costs. */
  paidInAdvance: { days: number; amountMinor: number } | null;
}
