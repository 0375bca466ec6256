import type { LocalDate } from '@tollkeeper/calendar';
import type { RevenueCategory, RoundingMode, UsageType } from '@tollkeeper/contracts';

/** What a quantity counts. */
export type Unit = 'seconds' | 'messages' | 'bytes' | 'millionths' | 'charge';

export interface BillLine {
  lineNo: number;
  kind: 'recurring' | 'usage';
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
  amountMinor: number;
  taxCode: string;
  revenueCategory: RevenueCategory;
  /** The service lies after the cut-off: revenue of days that are still to come. */
  deferred: boolean;
  offeringId: string;
  offeringVersion: number | null;
  /** Identity of a recurring charge over all periods; `null` for usage. */
  chargeKey: string | null;
  proration: { numerator: number; denominator: number } | null;
  /** Rating's periods that the line bills. */
  periodIds: string[];
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
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
}

/** What the account's last bill already covered: charges in advance up to these dates. */
export interface LastBilled {
  periodTo: LocalDate;
  chargedThrough: Record<string, LocalDate>;
}

export const unitOf: Record<UsageType, Unit> = {
  voice: 'seconds',
  video: 'seconds',
  sms: 'messages',
  mms: 'messages',
  data: 'bytes',
  event: 'millionths',
};
