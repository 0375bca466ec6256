import { StreamableFile } from '@nestjs/common';
import type { StorageRef } from '@tollkeeper/contracts';
import { notFound, type Principal, type Storage } from '@tollkeeper/platform';
import type { CreditNoteRepository } from '../corrections/credit-note.repository';
import type { CreditNoteRow } from '../corrections/credit-note.schema';
import type { InvoiceRepository } from './invoice.repository';
import { type InvoiceRow, issuedStates } from './invoice.schema';

/** Who may read bills and credit notes; subscribers their own. */
export const readsDocuments = {
  roles: ['billing' as const, 'care' as const, 'finance' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
  subscriber: true,
};

/** 404 for a subscriber when it is another's, or not issued yet. */
export async function visibleInvoice(
  invoices: InvoiceRepository,
  { tenantId, kind, accountId }: Principal,
  invoiceId: string,
): Promise<InvoiceRow> {
  const invoice = await invoices.find(tenantId, invoiceId);
  const hidden =
    kind === 'subscriber' && (invoice?.accountId !== accountId || !issuedStates.includes(invoice.state));
  if (!invoice || hidden) throw notFound('invoice', invoiceId);
  return invoice;
}

export async function visibleCreditNote(
  notes: CreditNoteRepository,
  { tenantId, kind, accountId }: Principal,
  creditNoteId: string,
): Promise<CreditNoteRow> {
  const note = await notes.find(tenantId, creditNoteId);
  if (!note || (kind === 'subscriber' && note.accountId !== accountId))
    throw notFound('credit note', creditNoteId);
  return note;
}

export const pdfFile = async (
  storage: Storage,
  pdf: StorageRef,
  number: string | null,
): Promise<StreamableFile> =>
  new StreamableFile(await storage.readDocument(pdf), {
    type: 'application/pdf',
    disposition: `inline; filename="${number}.pdf"`,
  });
