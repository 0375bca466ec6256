import { Injectable } from '@nestjs/common';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type AppliedPaymentRow, AppliedPayments } from './payment.schema';

export type PaymentChange = Pick<AppliedPaymentRow, 'paymentId'> &
  Partial<
    Pick<
      AppliedPaymentRow,
      | 'takenMinor'
      | 'takenFrom'
      | 'creditMinor'
      | 'recoveredMinor'
      | 'reversedMinor'
      | 'lossMinor'
      | 'reversals'
    >
  >;

interface PaymentFilter {
  accountId?: string;
  purpose?: string;
  taxMissing?: true;
}

@Injectable()
export class PaymentRepository {
  constructor(private readonly db: ServiceDatabase) {}

  findMany(tenantId: string, paymentIds: string[]): Promise<AppliedPaymentRow[]> {
    return this.applied(tenantId).find({ paymentId: { $in: paymentIds } });
  }

  async insertMany(tenantId: string, payments: AppliedPaymentRow[]): Promise<void> {
    await this.applied(tenantId).insertMany(payments);
  }

  async change(tenantId: string, changes: PaymentChange[]): Promise<void> {
    await this.applied(tenantId).bulkWrite(
      changes.map(({ paymentId, ...change }) => updateOne({ paymentId }, { $set: change })),
      { ordered: true },
    );
  }

  /** Top-ups of these accounts in the order in which they came, also those that are used up. */
  topUpsOf(tenantId: string, accountIds: string[]): Promise<AppliedPaymentRow[]> {
    return this.applied(tenantId).find(
      { accountId: { $in: accountIds }, purpose: 'topUp' },
      { sort: { receivedAt: 1, _id: 1 } },
    );
  }

  async named(tenantId: string, invoiceIds: string[]): Promise<{ invoiceId: string; paymentId: string }[]> {
    const rows = await this.applied(tenantId).find(
      { designatedInvoiceId: { $in: invoiceIds } },
      { sort: { receivedAt: 1, _id: 1 }, projection: { designatedInvoiceId: 1, paymentId: 1 } },
    );
    return rows.map(({ designatedInvoiceId, paymentId }) => ({
      invoiceId: designatedInvoiceId ?? '',
      paymentId,
    }));
  }

  /** Newest first. */
  async list(
    tenantId: string,
    { taxMissing, ...filter }: PaymentFilter,
    limit: number,
    startingAfter?: string,
  ): Promise<AppliedPaymentRow[]> {
    const [last] = startingAfter ? await this.findMany(tenantId, [startingAfter]) : [];
    const older = last
      ? {
          $or: [
            { receivedAt: { $lt: last.receivedAt } },
            { receivedAt: last.receivedAt, _id: { $lt: last._id } },
          ],
        }
      : {};
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const missing = taxMissing ? { taxMissing: { $type: 'string' } } : {};
    return this.applied(tenantId).find(
      { ...given, ...missing, ...older },
      { sort: { receivedAt: -1, _id: -1 }, limit },
    );
  }

  private applied(tenantId: string) {
    return this.db.tenant(tenantId).collection(AppliedPayments);
  }
}
