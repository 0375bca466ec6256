import type { LocalDate } from '@tollkeeper/calendar';
import type { RoundingMode } from '@tollkeeper/money';

/** A tax is the customer's, a fee is set by an authority, a recovery fee is the carrier's own charge for what it has to pay. */
export type Levy = 'tax' | 'governmentFee' | 'recoveryFee';

/** What makes it due: a bill, each line in each month, the sale of prepaid service, or its use. */
export type TaxTrigger = 'bill' | 'lineMonth' | 'retailSale' | 'redemption';

/** The day whose rate counts. */
export type RateDate = 'billDate' | 'serviceEnd' | 'supply' | 'payment';

export type AmountRule =
  /** Of the base, or of the `share` of it that the law reaches (53 % of a flat wireless price counts as interstate). */
  | {
      kind: 'percentage';
      percent: string;
      share?: string;
      grossUp?: boolean;
      capMinor?: number;
      /** What the cap is of. Left out: the bill. */
      capAt?: 'line' | 'bill';
    }
  /** Whole units of money for each line and month, in major units: never by days. */
  | { kind: 'perLine'; amount: string }
  | { kind: 'perMinute'; amount: string }
  /** Each part of the bill's base at its own percentage; `upToMinor` is included. */
  | { kind: 'tiered'; tiers: { upToMinor: number | null; percent: string }[] }
  /** The law leaves these charges untaxed: said, so that nothing is untaxed by omission. */
  | { kind: 'untaxed' };

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
  /** Taxes with one name are added per charge, rounded once, and the cents handed out by largest remainder. */
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
