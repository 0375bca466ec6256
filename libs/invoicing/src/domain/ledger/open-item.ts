import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { type PaymentState, paymentStateOf } from '../allocate-payment';

export interface TaxPart {
  jurisdiction: string;
  amountMinor: number;
}

/** Debt that was given up; the claim itself stays, so that a later payment is a recovery. */
export interface WriteOff {
  at: Instant;
  amountMinor: number;
  /** The part of it that was late fees: no tax lay in it. */
  feesMinor: number;
  recoveredMinor: number;
  /** Paid before the tax was claimed back: what comes later owes tax again. */
  relievedFromMinor: number;
  /** Tax that was claimed back because it was never paid. */
  reliefs: TaxPart[];
}

/**
 * What an invoice asks for. Always: `openMinor = totalMinor + adjustedMinor - allocations - written off`, and the
 * receivable of an account is the sum of what is open.
 */
export interface OpenItem {
  invoiceId: string;
  accountId: string;
  currency: string;
  netMinor: number;
  taxes: readonly TaxPart[];
  totalMinor: number;
  openMinor: number;
  /** The part of `openMinor` that is late fees. */
  feesOpenMinor: number;
  /** Late fees less price reductions and rounding differences since it was issued. */
  adjustedMinor: number;
  /** Account credit used for it. */
  creditAppliedMinor: number;
  dueOn: LocalDate;
  writeOff: WriteOff | null;
}

interface Part {
  amountMinor: number;
  feesMinor: number;
}

export const settled = (item: OpenItem, { amountMinor, feesMinor }: Part): OpenItem => ({
  ...item,
  openMinor: item.openMinor - amountMinor,
  feesOpenMinor: item.feesOpenMinor - feesMinor,
});

export const reopened = (item: OpenItem, { amountMinor, feesMinor }: Part): OpenItem =>
  settled(item, { amountMinor: -amountMinor, feesMinor: -feesMinor });

/** A fee adds to what is asked for, a reduction takes from it; neither is a payment. */
export const adjusted = (item: OpenItem, amountMinor: number, feesMinor = 0): OpenItem => ({
  ...item,
  openMinor: item.openMinor + amountMinor,
  feesOpenMinor: item.feesOpenMinor + feesMinor,
  adjustedMinor: item.adjustedMinor + amountMinor,
});

export const writtenOff = (item: OpenItem, at: Instant): OpenItem => {
  const { openMinor: amountMinor, feesOpenMinor: feesMinor } = item;
  const writeOff = { at, amountMinor, feesMinor, recoveredMinor: 0, relievedFromMinor: 0, reliefs: [] };
  return { ...item, openMinor: 0, feesOpenMinor: 0, writeOff };
};

/** Debt that was given up and not paid since. */
export const lostMinor = ({ writeOff }: Pick<OpenItem, 'writeOff'>): number =>
  writeOff ? writeOff.amountMinor - writeOff.recoveredMinor : 0;

/** A debt that is written off is not paid. */
export const paidStateOf = (
  item: Pick<OpenItem, 'totalMinor' | 'adjustedMinor' | 'openMinor' | 'writeOff'>,
): PaymentState => paymentStateOf(item.totalMinor + item.adjustedMinor, item.openMinor + lostMinor(item));
