import type { Instant, ProrationUnit } from '@tollkeeper/calendar';
import type { Allowance } from './allowances';
import type { Bundle, Commitment, Deposit, DeviceTerms, Eligibility } from './offering-terms';
import type { Discount } from './promotions';
import type { RestrictionKind } from './restrictions';
import type { UsagePriceRule } from './usage-prices';

/** `{ unit: 'month', count: 3 }` is every quarter. */
interface ChargeFrequency {
  unit: 'day' | 'week' | 'month' | 'quarter' | 'year';
  count: number;
}

/**
 * How a part of a charge's period is charged. On a change of plan the day belongs to the new plan; `firstDay` and
 * `lastDay` speak of the days on which the service begins and ends.
 */
export interface ProrationRule {
  /** `thirtyDayMonth`: every month counts 30 days (30/360). Left out: `actualDays`, the real days of the period. */
  unit?: ProrationUnit;
  /** The day on which the service begins is charged. Left out: true. */
  firstDay?: boolean;
  /** The day on which the service ends is charged; a service that ends at midnight ended the day before. Left out: false. */
  lastDay?: boolean;
  /** What was charged in advance for days after a change of plan or the end is given back. Left out: false. */
  refundUnused?: boolean;
}

export const restrictedCharges = ['charge', 'credit', 'stop'] as const;
/**
 * `charge`: as if nothing was; `stop`: days that were not billed yet are not charged; `credit`: what was billed in
 * advance for them is given back besides.
 */
export type RestrictedCharge = (typeof restrictedCharges)[number];

export interface RecurringCharge {
  chargeId: string;
  name: string;
  amountMinor: number;
  /** In advance: for the period that starts at the cut-off; in arrears: for the one that ends. */
  timing: 'inAdvance' | 'inArrears';
  /** `perPool` is charged once for a pool, on its first member. */
  per: 'subscription' | 'pool';
  prorate: boolean;
  /**
   * `false`: the period in which the subscription gets the offering is charged from its first day (BillRun's
   * `prorated_start`). Left out: as `prorate`.
   */
  prorateStart?: boolean;
  /**
   * `false`: the period in which it ends is charged to its last day (BillRun's `prorated_end`), and nothing of it is
   * given back. Left out: as `prorate`; what was billed in advance goes back by `proration.refundUnused`.
   */
  prorateEnd?: boolean;
  taxCode: string;
  revenueCategory: RevenueCategory;
  /** Periods of its own. Left out: those of the account's cycle. */
  every?: ChargeFrequency;
  /**
   * Where `every` counts from. `subscription`: the day on which the subscription got the offering. `cycle`: weeks begin
   * on the cycle's weekday (Monday where it has none), months, quarters and years on its anchor day, in January or its
   * anchor month. `service`: the subscription's first start, so that another plan keeps its anniversary. Left out:
   * `subscription`.
   */
  anchor?: 'subscription' | 'cycle' | 'service';
  /** Left out: by real days, from the first day, nothing is given back. */
  proration?: ProrationRule;
  /** Free days from the subscription's first start (an add-on's own start), whatever plans come between. Left out: none. */
  trialDays?: number;
  /** By what holds back the service. Left out: charged on. */
  whileRestricted?: Partial<Record<RestrictionKind, RestrictedCharge>>;
}

/** Charged once. */
export interface OneOffCharge {
  chargeId: string;
  name: string;
  amountMinor: number;
  /**
   * `setup`: when the offering is first bought by the account; `activation`: each time a subscription gets it;
   * `other`: when a person or another system asks for it (SIM swap, number change).
   */
  when: 'setup' | 'activation' | 'other';
  taxCode: string;
  revenueCategory: RevenueCategory;
}

/** A price that is known ahead: from `from` on the charge costs `amountMinor`, for periods that begin then or later. */
interface ScheduledPrice {
  chargeId: string;
  from: Instant;
  amountMinor: number;
}

export const revenueCategories = ['voice', 'sms', 'data', 'service', 'recurring', 'device', 'fee'] as const;
export type RevenueCategory = (typeof revenueCategories)[number];

export const offeringKinds = ['plan', 'addOn', 'bundle', 'device'] as const;
export type OfferingKind = (typeof offeringKinds)[number];

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
  /** A bundle is sold as a plan is. Left out: sold as a plan or on top of one. */
  kind?: OfferingKind;
  /** Says on documents and in the shop what it is. Left out: the name. */
  description?: string;
  /** An add-on's base plans. Left out: any plan. */
  compatiblePlans?: string[];
  /** Who may buy it. Left out: everybody, at any time. */
  eligibility?: Eligibility;
  /** Left out: none. */
  oneOffCharges?: OneOffCharge[];
  /** Left out: none; what the credit class asks for is asked for besides. */
  deposit?: Deposit;
  /** Left out: no minimum, no term. */
  commitment?: Commitment;
  /** Of kind `bundle` only, and always there. */
  bundle?: Bundle;
  /** Of kind `device` only, and always there. */
  device?: DeviceTerms;
  /** Left out: none. */
  discounts?: Discount[];
  /** Left out: the charges' amounts hold as long as the version does. */
  scheduledPrices?: ScheduledPrice[];
}
