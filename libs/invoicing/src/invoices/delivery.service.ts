import { Injectable } from '@nestjs/common';
import { addDays, type Instant } from '@tollkeeper/calendar';
import type { MessageRequest, RunBatchInput, StorageRef, TenantProfile } from '@tollkeeper/contracts';
import { Storage } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { InvoiceRepository } from './invoice.repository';
import { type InvoiceRow, issuedStates } from './invoice.schema';
import { printInvoice } from '../pdf/print-invoice';
import { SellerRepository } from '../sellers/seller.repository';
import type { SellerRow } from '../sellers/seller.schema';
import { pace } from '../work-pace';

@Injectable()
export class DeliveryService {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly copies: CopyRepository,
    private readonly sellers: SellerRepository,
    private readonly storage: Storage,
  ) {}

  /** A PDF that exists is kept: what the customer has been sent never changes. */
  async renderBatch({
    tenantId,
    runId,
    batchNo,
    at,
  }: RunBatchInput): Promise<{ rendered: number; messages: StorageRef }> {
    const seller = await this.copies.tenant(tenantId);
    const terms = await this.sellers.find(tenantId);
    const messages: MessageRequest[] = [];
    for (const invoice of await this.invoices.ofBatch(tenantId, runId, batchNo)) {
      if (!issuedStates.includes(invoice.state) || !seller) continue;
      const pdf = invoice.pdf ?? (await this.render(tenantId, invoice, seller, terms));
      messages.push(messageOf(invoice, pdf, at));
      await pace();
    }
    return {
      rendered: messages.length,
      messages: await this.storage.putLines(tenantId, `messages/${runId}/${batchNo}`, messages),
    };
  }

  /** An invoice that no run delivers. */
  async renderOne(tenantId: string, invoiceId: string, at: Instant): Promise<MessageRequest | null> {
    const invoice = await this.invoices.find(tenantId, invoiceId);
    const seller = await this.copies.tenant(tenantId);
    if (!invoice || !seller || !issuedStates.includes(invoice.state)) return null;
    const terms = await this.sellers.find(tenantId);
    return messageOf(invoice, invoice.pdf ?? (await this.render(tenantId, invoice, seller, terms)), at);
  }

  private async render(
    tenantId: string,
    invoice: InvoiceRow,
    seller: TenantProfile,
    terms: SellerRow,
  ): Promise<StorageRef> {
    const body = await printInvoice(invoice, seller, terms);
    const pdf = await this.storage.putDocument(
      tenantId,
      `invoices/${invoice.periodTo}/${invoice.number}.pdf`,
      body,
    );
    await this.invoices.setPdf(tenantId, invoice._id, pdf);
    return pdf;
  }
}

function messageOf(invoice: InvoiceRow, pdf: StorageRef, at: Instant): MessageRequest {
  const { _id, accountId, number, customer, periodFrom, periodTo, openMinor, currency, dueOn } = invoice;
  return {
    key: `inv/${_id}/email`,
    accountId,
    channel: 'email',
    template: 'invoice',
    data: {
      customerName: customer.customerName,
      invoiceNumber: number ?? '',
      periodFrom,
      // People read the last day, not the first one outside.
      periodTo: addDays(periodTo, -1),
      dueOn: dueOn ?? '',
      nothingDue: openMinor > 0 ? '' : 'yes',
    },
    amounts: { totalDue: { minor: openMinor, currency } },
    ...(openMinor > 0 ? { payFor: { invoiceId: _id } } : {}),
    attachments: [{ filename: `${number}.pdf`, contentType: 'application/pdf', ref: pdf }],
    requestedAt: at,
  };
}
