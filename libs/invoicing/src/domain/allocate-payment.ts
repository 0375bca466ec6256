import type { LocalDate } from '@tollkeeper/calendar';

export interface OpenInvoice {
  invoiceId: string;
  openMinor: number;
  dueOn: LocalDate;
}

export interface Allocation {
  invoiceId: string;
  amountMinor: number;
}

/** The payer's designation first, then oldest due; what is left is account credit. */
export function allocatePayment(
  amountMinor: number,
  designated: string | null,
  open: readonly OpenInvoice[],
): { allocations: Allocation[]; restMinor: number } {
  const order = (invoice: OpenInvoice): string =>
    `${invoice.invoiceId === designated ? 0 : 1}/${invoice.dueOn}/${invoice.invoiceId}`;
  const inOrder = [...open].sort((left, right) => (order(left) < order(right) ? -1 : 1));
  const allocations: Allocation[] = [];
  let restMinor = amountMinor;
  for (const { invoiceId, openMinor } of inOrder) {
    const part = Math.min(restMinor, openMinor);
    if (part <= 0) continue;
    allocations.push({ invoiceId, amountMinor: part });
    restMinor -= part;
  }
  return { allocations, restMinor };
}

export type PaymentState = 'open' | 'partiallyPaid' | 'paid';

export const paymentStateOf = (totalMinor: number, openMinor: number): PaymentState => {
  if (openMinor <= 0) return 'paid';
  return openMinor < totalMinor ? 'partiallyPaid' : 'open';
};
