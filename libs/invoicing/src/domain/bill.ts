import type { LocalDate, ProrationUnit } from '@tollkeeper/calendar';
import type { RevenueCategory, UsageType } from '@tollkeeper/contracts';
import type { RoundingMode } from '@tollkeeper/money';
import type { Levy, RateDate, UntaxedBase } from '@tollkeeper/tax';
import type { Provider } from './third-parties';
import type { DeviceMoves } from './devices/device-moves';
import type { DueBecause } from './devices/instalment-plan';
import type { BillDiscount, LineAllocation, LineCorrection, LineDiscount, LinePrice } from './bill-parts';
import type { BillSupply } from './tax-place';

/** What a quantity counts. */
export type Unit = 'seconds' | 'messages' | 'bytes' | 'millionths' | 'charge';

export interface BillLine {
  lineNo: number;
  /**
   * `device`: delivered, at its whole price; `financed`: less what of it waits for its day; `instalment`: what of that is
   * due. The last two move a debt: no revenue, no tax.
   */
  kind: 'recurring' | 'usage' | 'oneOff' | 'minimum' | 'device' | 'financed' | 'instalment';
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
  proration: {
    numerator: number;
    denominator: number;
    before?: number;
    /** Absent: real days. */
    unit?: ProrationUnit;
  } | null;
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
  /** Usage that came after its own period, `from` to `to`, was billed. Absent: in time. */
  late?: true;
  /** Of a minimum: what the period costs at least, and what counts towards it. */
  minimum?: { leastMinor: number; countedMinor: number };
  /** The part of the price that is tax, where prices include it. Absent: none. */
  taxInsideMinor?: number;
  /** Whose charge it is. Absent: the operator's own. */
  provider?: Provider;
  /** Of an early-termination fee: as agreed, and what the law caps it by. */
  termination?: { monthsLeft: number; agreedMinor: number; deviceMinor?: number; chargesMinor?: number };
  /** Of a device that is paid by instalments. Absent: none. */
  device?: DeviceStep;
  /** Billed only once ever: no other live bill has the same key. */
  onceKey?: string;
}

/** Which instalments a line asks for (0: none, it is the delivery), and what is left after them. */
export interface DeviceStep {
  planId: string;
  no: number;
  through: number;
  of: number;
  left: number;
  leftMinor: number;
  because: DueBecause;
}

/** A tax, a government's fee, or the carrier's own recovery fee, with all that says why it is what it is. */
export interface BillTax {
  taxId: string;
  name: string;
  jurisdiction: string;
  /** `null`: no percentage. */
  percent: string | null;
  rounding: RoundingMode;
  law: string;
  baseMinor: number;
  amountMinor: number;
  /** Absent here and below: a tax of a bill from before, in percent of the sum of all lines with its tax codes. */
  levy?: Levy;
  ruleKey?: string;
  /** As people read it: `19 %`, `0.50 USD a line and month`. */
  rate?: string;
  /** The day whose rate it is, and what that day is of. */
  rateOn?: LocalDate;
  rateDate?: RateDate;
  roundAt?: 'line' | 'bill';
  /** The part of the base that is taxes and fees below this one. */
  taxInBaseMinor?: number;
  /** Lines, minutes or charges that it counts. */
  units?: number;
  /** By charge (`3`, `3/<component>`) or line and month (`line/<line>/2026-03`); they add up to the amount. */
  parts?: { chargeId: string; baseMinor: number; amountMinor: number }[];
  /** What a credit on one charge gives back: its part, or nothing. */
  onPartialCredit?: 'inProportion' | 'keep';
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
  /** Taxes and government fees. */
  taxes: BillTax[];
  /** The carrier's own charges for what it has to pay; part of the net. Absent: none. */
  recoveryFees?: BillTax[];
  /** What is not taxed, and why. Absent: nothing, or a bill from before. */
  untaxed?: UntaxedBase[];
  /** Where the service is taxed, with the evidence. Absent: by the address alone. */
  supply?: BillSupply;
  /** `<place>/<fee>/<line>/<month>` of fees per line: on one live bill only. Absent: none. */
  feeKeys?: string[];
  /** Absent: none. */
  exemptions?: BillExemption[];
  /** One for each promotion that lowered the bill. Absent: none. */
  discounts?: BillDiscount[];
  /** What may be on one live bill only: charges that are charged once, numbered uses of promotions. */
  onceKeys?: string[];
  /** Devices that were delivered, and what is paid of them. Absent: none. */
  devices?: DeviceMoves;
  /** How far each charge is billed after this bill. Absent: as far as its lines go. */
  charged?: ChargedThrough[];
  /** Lines, discounts and recovery fees; without the taxes that are inside prices. */
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
  /** What each charge's last line billed: what is given back is computed from it. */
  billed?: Record<string, BilledCharge>;
  /** Net amounts that credit notes and give-backs have left of lines, by `lineKeyOf`. Absent: none was credited. */
  left?: Readonly<Record<string, number>>;
}

export interface BilledCharge {
  /** The line's days. Absent: of a bill from before they were kept. */
  from?: LocalDate;
  to?: LocalDate;
  listMinor: number;
  /** 0 or less. */
  discountMinor: number;
  /** Days before this one were looked at and, where they were not charged, given back. */
  returnedTo?: LocalDate;
  /** Lines before the last one whose days reach beyond the cut-off of the bill. Absent: none. */
  earlier?: EarlierLine[];
}

/** What was billed from `until` on was given back already. */
interface EarlierLine {
  from: LocalDate;
  to: LocalDate;
  until: LocalDate;
  listMinor: number;
  /** 0 or less. */
  discountMinor: number;
}

export interface ChargedThrough extends BilledCharge {
  chargeKey: string;
  through: LocalDate;
}

export const unitOf: Record<UsageType, Unit> = {
  voice: 'seconds',
  video: 'seconds',
  sms: 'messages',
  mms: 'messages',
  data: 'bytes',
  event: 'millionths',
};
