import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { Outbox } from '@tollkeeper/platform';
import { type OpenItem, paidStateOf } from '../domain/ledger/open-item';
import { mergedTaxes, sumOfTax } from '../domain/ledger/proportional-tax';
import { InvoiceRepository } from '../invoices/invoice.repository';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { AllocationRepository } from './allocation.repository';
import { payableOf } from './payable-of';
import { PaymentRepository } from './payment.repository';

/** Invoices as they are read in a transaction, and as the decisions of that transaction leave them. */
export interface Receivables {
  rows: Map<string, InvoiceRow>;
  items: Map<string, OpenItem>;
}

/** Invoicing alone owns an invoice's open amount: every change of it comes through here, and payments hears of it. */
@Injectable()
export class ReceivableService {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly allocations: AllocationRepository,
    private readonly payments: PaymentRepository,
    private readonly outbox: Outbox,
  ) {}

  /** What the accounts have open, and the invoices that are named whatever their state of payment. */
  async load(tenantId: string, accountIds: string[], named: string[]): Promise<Receivables> {
    const rows = await this.invoices.payableOf(tenantId, [...new Set(accountIds)], named);
    return {
      rows: new Map(rows.map((row) => [row._id, row])),
      items: new Map(rows.map((row) => [row._id, itemOf(row)])),
    };
  }

  /** An invoice that was named is told of even when nothing changed: payments waits to hear of its money. */
  async save(tenantId: string, at: Instant, { rows, items }: Receivables, touched: Set<string>) {
    const changed = [...touched].flatMap((invoiceId) => {
      const [row, item] = [rows.get(invoiceId), items.get(invoiceId)];
      return row && item ? [{ ...row, ...changeOf(item), revision: row.revision + 1 }] : [];
    });
    await this.invoices.change(
      tenantId,
      changed.map((row) => ({
        invoiceId: row._id,
        change: { ...changeOf(itemOf(row)), revision: row.revision },
      })),
    );
    const paymentIds = await this.paymentsOf(
      tenantId,
      changed.map(({ _id }) => _id),
    );
    await this.outbox.tell(
      tenantId,
      at,
      'payableChanged',
      changed.map((row) => payableOf(row, [...(paymentIds.get(row._id) ?? [])])),
    );
    return changed;
  }

  /** Payments that each open amount already counts, those that named an invoice and found it paid included. */
  private async paymentsOf(tenantId: string, invoiceIds: string[]): Promise<Map<string, Set<string>>> {
    const byInvoice = new Map(invoiceIds.map((invoiceId) => [invoiceId, new Set<string>()]));
    const counted = [
      ...(await this.allocations.paymentsOf(tenantId, invoiceIds)),
      ...(await this.payments.named(tenantId, invoiceIds)),
    ];
    for (const { invoiceId, paymentId } of counted) byInvoice.get(invoiceId)?.add(paymentId);
    return byInvoice;
  }
}

const changeOf = (item: OpenItem) => ({
  openMinor: item.openMinor,
  feesOpenMinor: item.feesOpenMinor,
  adjustedMinor: item.adjustedMinor,
  creditAppliedMinor: item.creditAppliedMinor,
  writeOff: item.writeOff,
  paymentState: paidStateOf(item),
});

/** The tax on a device is not in the debt of its bill but in that of its instalments: nothing of it falls with the bill. */
const itemOf = (row: InvoiceRow): OpenItem => ({
  invoiceId: row._id,
  accountId: row.accountId,
  currency: row.currency,
  netMinor: row.netMinor + sumOfTax(row.devices?.taxes ?? []),
  taxes: mergedTaxes([
    ...row.taxes,
    ...(row.devices?.taxes ?? []).map(({ jurisdiction, amountMinor }) => ({
      jurisdiction,
      amountMinor: -amountMinor,
    })),
  ]),
  totalMinor: row.totalMinor,
  openMinor: row.openMinor,
  feesOpenMinor: row.feesOpenMinor,
  adjustedMinor: row.adjustedMinor,
  creditAppliedMinor: row.creditAppliedMinor,
  dueOn: row.dueOn ?? '',
  writeOff: row.writeOff,
});
