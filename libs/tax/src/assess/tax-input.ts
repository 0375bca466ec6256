import type { LocalDate } from '@tollkeeper/calendar';
import type { RoundingMode } from '@tollkeeper/money';
import type { Levy, RateDate, TaxTrigger } from '../table/tax-rule';

/** A charge after discounts; credit that pays the bill later does not lower it. */
export interface TaxableCharge {
  chargeId: string;
  taxCode: string;
  amountMinor: number;
  /** Half-open service period. */
  from: LocalDate;
  to: LocalDate;
  /** The day of supply of a good; left out: the last service day. */
  suppliedOn?: LocalDate;
  /** The line in service that it is for. Left out: the account as a whole. */
  lineId?: string;
  /** The calendar month of service, `2026-03`, and for how many it is. Left out: of its first day, one. */
  month?: string;
  months?: number;
  /** For taxes by the minute. */
  minutes?: number;
  /** Where the line is served, when it differs from the account's place (US: each line's place of primary use). */
  jurisdictions?: string[];
  /** At that place: why it is not taxed where the table has no row. Left out: it is refused there. */
  unruled?: Unruled;
}

/** Why a charge for which the table has no row is not taxed. */
export type Unruled = Pick<UntaxedBase, 'taxId' | 'name' | 'jurisdiction' | 'law' | 'reason'>;

/** A line that was in service in a month: what fees per line are due for. */
export interface ServedLine {
  lineId: string;
  /** `2026-03`. */
  month: string;
  /** What the line can do: a fee on voice is not due for a line with internet access only. */
  taxCodes: string[];
  /** Fees that earlier bills have for this line and month: `US-TX/e911`. */
  chargedBefore?: string[];
  jurisdictions?: string[];
}

export interface CappedBefore {
  baseMinor: number;
  amountMinor: number;
}

/** Frees charges of one jurisdiction's taxes while it is valid; with `taxIds`, of those only. */
export interface ExemptionCertificate {
  certificateId: string;
  number: string;
  reason: string;
  jurisdiction: string;
  taxIds?: string[];
  validFromOn: LocalDate;
  validToOn: LocalDate | null;
}

export interface TaxInput {
  currency: string;
  triggers: TaxTrigger[];
  billDate: LocalDate;
  paidOn?: LocalDate;
  segment: 'consumer' | 'business';
  /** From the widest place to the narrowest. */
  jurisdictions: string[];
  charges: TaxableCharge[];
  lines?: ServedLine[];
  certificates?: ExemptionCertificate[];
  /** By `capKey`: what other bills have taxed of months whose tax is capped. Left out: none. */
  cappedBefore?: ReadonlyMap<string, CappedBefore>;
  /** Taxes that the seller does not charge (a de-minimis carrier and the universal service fund). */
  notCharged?: string[];
  /** Shares of the base by tax, from the seller's traffic study; they go before the table's safe harbour. */
  shares?: Record<string, string>;
  /** The customer owes it (EU Directive 2006/112 Art. 196): taxes of this kind are said, not charged. */
  reverseCharge?: boolean;
  /**
   * Why a charge for which the table has no row is not taxed (the customer owes the tax of a country that the seller
   * keeps no table of, or the place is outside the scope). Left out: such a charge is refused.
   */
  unruled?: Unruled;
}

/** One line of tax, with all that says why it is what it is. */
export interface AssessedTax {
  /** The dated row that it comes from. */
  ruleKey: string;
  taxId: string;
  name: string;
  levy: Levy;
  jurisdiction: string;
  law: string;
  /** `19 %`, `0.50 a line and month`: the rate as people read it. */
  rate: string;
  percent: string | null;
  rateOn: LocalDate;
  rateDate: RateDate;
  baseMinor: number;
  /** Part of the base that comes from other taxes and fees. */
  taxInBaseMinor: number;
  /** Lines, minutes or charges that it counts. */
  units: number;
  rounding: RoundingMode;
  roundAt: 'line' | 'bill';
  amountMinor: number;
  /** Amounts by charge, which add up to the line: what a credit on one charge gives back. */
  parts: { chargeId: string; baseMinor: number; amountMinor: number }[];
  onPartialCredit: 'inProportion' | 'keep';
}

export interface UntaxedBase {
  taxId: string;
  name: string;
  jurisdiction: string;
  law: string;
  reason: 'byLaw' | 'certificate' | 'reverseCharge' | 'notCharged' | 'outsideScope';
  percent: string | null;
  certificateNumber: string | null;
  baseMinor: number;
}

export interface TaxAssessment {
  taxes: AssessedTax[];
  untaxed: UntaxedBase[];
}

/**
 * What a bill asks of a tax engine, ours or a vendor's: the same charges give the same taxes, and nothing is written. A
 * vendor that is asked over the wire answers before the bill is built, so that a preview and a repeat get what the bill got.
 */
export interface TaxEngine {
  assess(input: TaxInput): TaxAssessment;
  /** The charges without the taxes that lie in their prices. */
  net(input: TaxInput): TaxableCharge[];
}
