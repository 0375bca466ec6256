import type { Instant } from '@tollkeeper/calendar';
import type { ProrationRule, RevenueCategory } from './offering';

/** All that is named must hold when the offering is ordered; of a list, one. */
export interface Eligibility {
  segments?: string[];
  customerTypes?: ('person' | 'organisation')[];
  /** ISO 3166 alpha-2 of the account's address. */
  countries?: string[];
  creditClasses?: string[];
  /** The customer has and had no subscription. */
  newCustomersOnly?: boolean;
  /** Sold from this instant until before `salesTo`; who bought it keeps it. */
  salesFrom?: Instant;
  salesTo?: Instant;
  /** Not on a subscription that has one of these offerings, as plan or add-on. */
  excludes?: string[];
}

/** Taken before the service starts and held as long as it lasts: no revenue and no tax. */
export interface Deposit {
  amountMinor: number;
  /** Given back after so many months without a collection. Left out: when the service ends. */
  refundAfterMonths?: number;
}

/** What a minimum is charged as. */
interface ChargedAs {
  name: string;
  taxCode: string;
  revenueCategory: RevenueCategory;
}

/** The least that a billing period costs, before discounts and tax: the rest up to it is a line of its own. */
export interface MinimumSpend extends ChargedAs {
  minimumId: string;
  amountMinor: number;
  /** What counts towards it: all charges of the subscription, or its usage alone. */
  of: 'all' | 'usage';
  /** Only usage priced by these price rules counts. Left out: all of it. */
  priceIds?: string[];
  /** A part of a period asks for a part by days. Left out: true. */
  prorate?: boolean;
  /** Whether the days on which the service begins and ends count. Left out: the first does, the last does not. */
  proration?: Pick<ProrationRule, 'firstDay' | 'lastDay'>;
}

/**
 * `perRemainingMonth`: months that have begun count whole. `table`: by the months completed, the last row whose
 * `fromMonth` is reached; before the first row nothing.
 */
export type EarlyTerminationFee =
  | { fee: 'fixed'; amountMinor: number }
  | { fee: 'perRemainingMonth'; amountMinor: number }
  | { fee: 'table'; rows: { fromMonth: number; amountMinor: number }[] };

/**
 * Directive (EU) 2018/1972, Article 105(6): a consumer who may leave early and keeps subsidised equipment owes at most
 * the lower of the equipment's value pro rata of the term, as agreed when the contract was made, and the service fee
 * that remains. Without equipment `deviceValueMinor` is 0 and nothing is owed where the law lets the customer leave.
 */
export interface EarlyTerminationCap {
  rule: 'eu2018-1972';
  deviceValueMinor: number;
}

/** Article 105(1): with a consumer no longer than this; Article 105(3): afterwards it ends at a month's notice, free. */
export const consumerCommitment = { maxMonths: 24, noticeDaysAfter: 30 } as const;

export interface Commitment {
  /** Left out: none. */
  minimums?: MinimumSpend[];
  /** From the day on which the subscription got the offering. Left out: no term. */
  termMonths?: number;
  /** Left out: leaving early costs nothing. */
  earlyTermination?: ChargedAs & {
    charge: EarlyTerminationFee;
    /** Left out: the fee is not capped. */
    cap?: EarlyTerminationCap;
  };
}

/** How a device is sold: an `instalmentPlan` of an account, no charge of a subscription. */
export interface DeviceTerms {
  priceMinor: number;
  taxCode: string;
  /** Months. Left out: the sale says it. */
  instalments?: number;
  /** Left out: nothing. */
  downPaymentMinor?: number;
  /** Worth at the sale, by which an early-termination fee is capped. Left out: the price. */
  valueMinor?: number;
  /** When the service ends that it was sold with. Left out: `goOn`. */
  onTermination?: 'accelerate' | 'goOn';
}

/** What tax law taxes apart within one price. */
export const taxCategories = ['voice', 'data', 'text', 'device', 'other'] as const;
export type TaxCategory = (typeof taxCategories)[number];

/** One product or service of a bundle. */
export interface BundleComponent {
  componentId: string;
  name: string;
  /** The product or service as the operator's inventory names it. Left out: the component's id. */
  productId?: string;
  /** Another offering, whose allowances and usage prices the bundle contains; its own charges are not charged. */
  offeringId?: string;
  /** Filled in when the bundle is published: the version of that offering that was in force when the bundle began. */
  offeringVersion?: number;
  taxCode: string;
  taxCategory: TaxCategory;
  revenueCategory: RevenueCategory;
}

/** Shares in millionths (10^-6) add up to 1,000,000; amounts to the bundle's one recurring price. Parts of a price are split in the same proportion. */
export type BundleAllocation =
  | { in: 'millionths'; shares: { componentId: string; millionths: number }[] }
  | { in: 'amounts'; shares: { componentId: string; amountMinor: number }[] };

/** Several products at one price: its recurring charges (or paid-in-advance price) are divided twice. */
export interface Bundle {
  components: BundleComponent[];
  /** For revenue: by the components' revenueCategory. */
  revenue: BundleAllocation;
  /** For tax: by the components' taxCode. */
  tax: BundleAllocation;
}
