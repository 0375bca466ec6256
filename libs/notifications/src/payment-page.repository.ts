import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type PaymentPageRow, PaymentPages } from './payment-page.schema';

@Injectable()
export class PaymentPageRepository {
  constructor(private readonly database: ServiceDatabase) {}

  find(tenantId: string): Promise<PaymentPageRow | null> {
    return this.database.tenant(tenantId).collection(PaymentPages).findOne({ _id: tenantId });
  }

  async put({ _id, ...page }: PaymentPageRow): Promise<void> {
    await this.database
      .tenant(_id)
      .collection(PaymentPages)
      .updateOne({ _id }, { $set: page }, { upsert: true });
  }
}
