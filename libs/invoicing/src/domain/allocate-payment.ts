import type { LocalDate } from '@tollkeeper/calendar';

export interface OpenInvoice {
  invoiceId: string;
  openMinor: number;
  /** The part of `openMinor` that is late fees. */
  feesOpenMinor: number;
  dueOn: LocalDate;
}

export interface Allocation {
  invoiceId: string;
  amountMinor: number;
  /** The part that went to late fees. */
  feesMinor: number;
}

interface Claim {
  invoiceId: string;
  isFee: boolean;
  minor: number;
  order: string;
}

/**
 * The payer's designation first, then oldest due, then fees, then what is not due yet; what is left is account credit.
 * Within the designated invoice, too, the service is paid before the fee.
 */
export function allocatePayment(
  amountMinor: number,
  designated: string | null,
  open: readonly OpenInvoice[],
  on: LocalDate,
): { allocations: Allocation[]; restMinor: number } {
  const claims = open.flatMap((invoice) => claimsOf(invoice, designated, on));
  const inOrder = [...claims].sort((left, right) => (left.order < right.order ? -1 : 1));
  const parts = new Map<string, Allocation>();
  let restMinor = amountMinor;
  for (const { invoiceId, isFee, minor } of inOrder) {
    const part = Math.min(restMinor, minor);
    if (part <= 0) continue;
    const before = parts.get(invoiceId) ?? { invoiceId, amountMinor: 0, feesMinor: 0 };
    const feesMinor = before.feesMinor + (isFee ? part : 0);
    parts.set(invoiceId, { invoiceId, amountMinor: before.amountMinor + part, feesMinor });
    restMinor -= part;
  }
  return { allocations: [...parts.values()], restMinor };
}

function claimsOf(
  { invoiceId, openMinor, feesOpenMinor, dueOn }: OpenInvoice,
  designated: string | null,
  on: LocalDate,
): Claim[] {
  const claim = (isFee: boolean, minor: number): Claim => {
    const rank = invoiceId === designated ? 0 : dueOn > on ? 3 : isFee ? 2 : 1;
    return { invoiceId, isFee, minor, order: `${rank}/${dueOn}/${invoiceId}/${isFee ? 1 : 0}` };
  };
  return [claim(false, openMinor - feesOpenMinor), claim(true, feesOpenMinor)];
}

export type PaymentState = 'open' | 'partiallyPaid' | 'paid';

export const paymentStateOf = (totalMinor: number, openMinor: number): PaymentState => {
  if (openMinor <= 0) return 'paid';
  return openMinor < totalMinor ? 'partiallyPaid' : 'open';
};
