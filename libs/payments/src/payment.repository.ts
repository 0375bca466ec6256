import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type PaymentRow, Payments } from './payment.schema';

@Injectable()
export class PaymentRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, rows: PaymentRow[]): Promise<void> {
    return this.of(tenantId).insertMany(rows);
  }

  one(tenantId: string, paymentId: string): Promise<PaymentRow | null> {
    return this.of(tenantId).findOne({ _id: paymentId });
  }

  /** Newest first. */
  async list(
    tenantId: string,
    filter: { accountId?: string; invoiceId?: string },
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<PaymentRow[]> {
    const last = startingAfter === undefined ? null : await this.one(tenantId, startingAfter);
    const { recordedAt, _id } = last ?? {};
    const older = last
      ? { $or: [{ recordedAt: { $lt: recordedAt } }, { recordedAt, _id: { $lt: _id } }] }
      : {};
    return this.of(tenantId).find(
      { ...filter, ...older },
      { sort: { recordedAt: -1, _id: -1 }, limit: limit + 1 },
    );
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(Payments);
  }
}
