import type { LocalDate } from '@tollkeeper/calendar';
import type { RevenueCategory } from '@tollkeeper/contracts';
import type { TaxPart } from '../../domain/ledger/open-item';

/** `full` cancels the invoice, `partial` lowers lines, `exGratia` is goodwill: no price falls and no tax. */
export const creditNoteKinds = ['full', 'partial', 'exGratia'] as const;
export type CreditNoteKind = (typeof creditNoteKinds)[number];

export interface CreditedRevenue {
  revenueCategory: RevenueCategory;
  amountMinor: number;
}

/** What is given back of one line of the invoice, before tax. */
export interface CreditNoteLine {
  lineNo: number;
  description: string;
  number: string | null;
  from: LocalDate;
  to: LocalDate;
  /** Asked for by quantity. */
  quantity: number | null;
  /** The line's net amount as it was billed. */
  billedMinor: number;
  netMinor: number;
  /** Leaves the liability, not the revenue: the days that it was for are still to come, or are taken back. */
  deferred: boolean;
  revenue: CreditedRevenue[];
  /** Takes back what the bill moved of the debt for a device: no revenue. Absent: it does not. */
  move?: true;
}

/** At the rate and under the law of the invoice. */
export interface CreditNoteTax {
  taxId: string;
  name: string;
  jurisdiction: string;
  /** `null`: no percentage, see `rate`. */
  percent: string | null;
  rate?: string;
  law: string;
  baseMinor: number;
  amountMinor: number;
  /** By line of the invoice; 0: for the lines in service. */
  parts: { lineNo: number; baseMinor: number; amountMinor: number }[];
}

/** What happened to the invoice since it was issued, beside its credit notes. */
export interface Since {
  feesMinor: number;
  reducedMinor: number;
  reducedTaxes: TaxPart[];
  roundedMinor: number;
}

export interface CreditPlan {
  kind: CreditNoteKind;
  lines: CreditNoteLine[];
  taxes: CreditNoteTax[];
  /** The carrier's own fees, a part of the net. Absent: none. */
  recoveryFees?: CreditNoteTax[];
  since: Since;
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
  /** What later bills had given back of the lines: not credited again, and the invoice is not cancelled. Absent: nothing. */
  givenBack?: { lineNo: number; netMinor: number; invoiceNumbers: string[] }[];
  /** Set off against the debt for a device, not against the invoice. Absent: nothing is. */
  device?: { planId: string; offInstalmentsMinor: number; accountCreditMinor: number };
}

export interface CreditRefusal {
  field: string;
  reason: string;
  hint: string;
}

/** An invoice of which later bills gave something back stays: what they gave is owed on it. */
export const cancels = ({ kind, givenBack }: Pick<CreditPlan, 'kind' | 'givenBack'>): boolean =>
  kind === 'full' && givenBack === undefined;

export const isRefused = (outcome: CreditPlan | CreditRefusal): outcome is CreditRefusal =>
  'reason' in outcome;

/** What of the note the invoice's own open amount and payments bear. */
export const offInvoiceMinor = ({ totalMinor, device }: Pick<CreditPlan, 'totalMinor' | 'device'>): number =>
  device ? totalMinor - device.offInstalmentsMinor - device.accountCreditMinor : totalMinor;
