import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type AllocationRow, Allocations, type AppliedPaymentRow, AppliedPayments } from './payment.schema';

@Injectable()
export class PaymentRepository {
  constructor(private readonly db: ServiceDatabase) {}

  findMany(tenantId: string, paymentIds: string[]): Promise<AppliedPaymentRow[]> {
    return this.applied(tenantId).find({ paymentId: { $in: paymentIds } });
  }

  async insert(tenantId: string, payments: AppliedPaymentRow[], allocations: AllocationRow[]): Promise<void> {
    await this.applied(tenantId).insertMany(payments);
    await this.allocations(tenantId).insertMany(allocations);
  }

  /** Payments that each invoice's open amount already counts, those that named it and found it paid included. */
  async paymentsOf(tenantId: string, invoiceIds: string[]): Promise<Map<string, string[]>> {
    const rows = await this.allocations(tenantId).find(
      { invoiceId: { $in: invoiceIds } },
      { sort: { at: 1, _id: 1 } },
    );
    const named = await this.applied(tenantId).find(
      { designatedInvoiceId: { $in: invoiceIds } },
      { sort: { receivedAt: 1, _id: 1 } },
    );
    const byInvoice = new Map(invoiceIds.map((invoiceId) => [invoiceId, new Set<string>()]));
    for (const { invoiceId, paymentId } of rows) byInvoice.get(invoiceId)?.add(paymentId);
    for (const { designatedInvoiceId, paymentId } of named)
      byInvoice.get(designatedInvoiceId ?? '')?.add(paymentId);
    return new Map([...byInvoice].map(([invoiceId, paymentIds]) => [invoiceId, [...paymentIds]]));
  }

  private applied(tenantId: string) {
    return this.db.tenant(tenantId).collection(AppliedPayments);
  }

  private allocations(tenantId: string) {
    return this.db.tenant(tenantId).collection(Allocations);
  }
}
