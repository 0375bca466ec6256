import type { PayableFact } from '@tollkeeper/contracts';
import type { InvoiceRow } from '../invoices/invoice.schema';

export function payableOf(invoice: InvoiceRow, appliedPaymentIds: string[]): PayableFact {
  const { _id, revision, accountId, number, currency, totalMinor, openMinor, issuedOn, dueOn } = invoice;
  if (number === null || issuedOn === null || dueOn === null) throw new Error(`Invoice ${_id} is not final`);
  return {
    invoiceId: _id,
    revision,
    accountId,
    invoiceNumber: number,
    currency,
    totalMinor,
    openMinor,
    issuedOn,
    dueOn,
    writtenOffAt: invoice.writeOff?.at ?? null,
    appliedPaymentIds,
  };
}
