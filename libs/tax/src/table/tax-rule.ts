import type { LocalDate } from '@tollkeeper/calendar';
import type { RoundingMode } from '@tollkeeper/money';

/** A tax is the customer's, a fee is set by an authority, a recovery fee is the carrier's own charge for what it has to pay. */
export type Levy = 'tax' | 'governmentFee' | 'recoveryFee';

/** What makes it due: a bill, each line in each month, the sale of prepaid service, or its use. */
export type TaxTrigger = 'bill' | 'lineMonth' | 'retailSale' | 'redemption';

/** The day whose rate counts. */
export type RateDate = 'billDate' | 'serviceEnd' | 'supply' | 'payment';

export const capPlaces = ['line', 'bill', 'lineMonth', 'accountMonth'] as const;

export type AmountRule =
  /** Of the base, or of the `share` of it that the law reaches (53 % of a flat wireless price counts as interstate). */
  | {
      kind: 'percentage';
      percent: string;
      share?: string;
      grossUp?: boolean;
      /**
       * With `grossUp`: all taxes that lie in the price together, in percent of it (Brazil: 18 % and 3.65 % are 21.65).
       * Left out: this one's own.
       */
      insidePercent?: string;
      /** Of the taxes of `onTopOf` alone, not of the charge: a surcharge on a tax. */
      taxesOnly?: boolean;
      capMinor?: number;
      /**
       * What the cap is of: a charge (`line`), the bill, or what all bills together ask for a line in service, or for
       * the account, in a calendar month of service. Left out: the bill.
       */
      capAt?: (typeof capPlaces)[number];
    }
  /** Whole units of money for each line and month, in major units: never by days. */
  | {
      kind: 'perLine';
      amount: string;
      /** What the n-th line of the account in the month pays of it. Left out: every line all of it. */
      lineTiers?: LineTier[];
    }
  | { kind: 'perMinute'; amount: string }
  /** An amount of major units whatever the charge is: a fee for each retail sale of prepaid service. */
  | { kind: 'fixed'; amount: string; per: 'charge' | 'bill' }
  /** Each part of the bill's base at its own percentage; `upToMinor` is included. */
  | { kind: 'tiered'; tiers: { upToMinor: number | null; percent: string }[] }
  /** The law leaves these charges untaxed: said, so that nothing is untaxed by omission. */
  | { kind: 'untaxed' };

/** Lines up to the n-th pay this percentage of the amount; `0` ends the fee (New York County Law § 304: 75 lines). */
export interface LineTier {
  upToLines: number | null;
  percent: string;
}

/** A dated row of a tax table. */
export interface TaxRule {
  taxId: string;
  /** As printed on the bill. */
  name: string;
  levy: Levy;
  /** `DE`, `US`, `US-TX`, `US-TX-201` (county), `US-IL-CHICAGO`: who levies it. */
  jurisdiction: string;
  taxCodes: string[];
  /** Left out: everybody. */
  segment?: 'consumer' | 'business';
  trigger: TaxTrigger;
  rateDate: RateDate;
  /** A rate that changes inside a service period: the rate at its end, or each part by its days. */
  rateChange: 'periodEnd' | 'apportioned';
  amount: AmountRule;
  rounding: RoundingMode;
  /** Each charge, or the sum of all charges of the bill, once. */
  roundAt: 'line' | 'bill';
  /**
   * What is rounded to, in major units: `0.001` for a tenth of a penny, `1` for whole rupees. Left out: the smallest unit
   * of the currency.
   */
  roundStep?: string;
  /** How the sum of steps finer than the smallest unit is brought to it. Left out: as `rounding` says. */
  sumRounding?: RoundingMode;
  /** Taxes with one name are added where they are rounded, rounded once, and the cents handed out by largest remainder. */
  roundTogether?: string;
  /** Taxes and fees whose amounts belong to this one's base. */
  onTopOf: string[];
  /** Taxes of a wider place that this one stands instead of. */
  replaces: string[];
  /** A partial credit gives back its part, or nothing (fees that are due once a line is in service). */
  onPartialCredit: 'inProportion' | 'keep';
  validFrom: LocalDate;
  /** First day on which it holds no more. */
  validTo: LocalDate | null;
  law: string;
}

/** One dated row of a tax: its identity in explanations, bills and exemptions. */
export const ruleKey = ({ taxId, jurisdiction, validFrom }: TaxRule): string =>
  `${jurisdiction}/${taxId}@${validFrom}`;
