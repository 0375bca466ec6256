import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { FactBatch, MessageRequest, StorageRef } from '@tollkeeper/contracts';
import { Outbox, ServiceDatabase, Storage } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { DeliveryService } from '../invoices/delivery.service';
import { printCreditNote } from '../pdf/print-credit-note';
import { SellerRepository } from '../sellers/seller.repository';
import { CreditNoteRepository } from './credit-note.repository';
import type { CreditNoteRow } from './credit-note.schema';

/** Prints and sends what is issued outside a run. A document that is printed is kept, a message has its key: a repeat does nothing. */
@Injectable()
export class DocumentService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly notes: CreditNoteRepository,
    private readonly delivery: DeliveryService,
    private readonly copies: CopyRepository,
    private readonly sellers: SellerRepository,
    private readonly storage: Storage,
    private readonly outbox: Outbox,
  ) {}

  async receiveIssued({ tenantId, at, facts }: FactBatch<'documentIssued'>): Promise<void> {
    for (const { document, id } of facts) {
      const message =
        document === 'invoice'
          ? await this.delivery.renderOne(tenantId, id, at)
          : await this.printNote(tenantId, id, at);
      if (message)
        await this.db.transaction(() => this.outbox.tell(tenantId, at, 'messageRequested', [message]));
    }
  }

  private async printNote(tenantId: string, id: string, at: Instant): Promise<MessageRequest | null> {
    const note = await this.notes.find(tenantId, id);
    const seller = await this.copies.tenant(tenantId);
    if (!note || !seller) return null;
    if (note.pdf) return messageOf(note, note.pdf, at);
    const body = await printCreditNote(note, seller, await this.sellers.find(tenantId));
    const name = `credit-notes/${note.issuedOn}/${note.number}.pdf`;
    const pdf = await this.storage.putDocument(tenantId, name, body);
    await this.notes.setPdf(tenantId, id, pdf);
    return messageOf(note, pdf, at);
  }
}

function messageOf(note: CreditNoteRow, pdf: StorageRef, at: Instant): MessageRequest {
  const { _id, accountId, number, invoiceNumber, customer, currency, totalMinor, openMinor, freedMinor } =
    note;
  const money = (minor: number) => ({ minor, currency });
  return {
    key: `crn/${_id}/email`,
    accountId,
    channel: 'email',
    template: 'creditNote',
    data: {
      customerName: customer.customerName,
      creditNoteNumber: number,
      invoiceNumber,
    },
    amounts: {
      amount: money(totalMinor),
      ...(openMinor === 0 ? {} : { offOpenAmount: money(openMinor) }),
      ...(freedMinor === 0 ? {} : { toCredit: money(freedMinor) }),
    },
    attachments: [{ filename: `${number}.pdf`, contentType: 'application/pdf', ref: pdf }],
    requestedAt: at,
  };
}
