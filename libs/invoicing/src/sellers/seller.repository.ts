import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type SellerRow, Sellers } from './seller.schema';

/** Until an operator says otherwise. */
const usual: Omit<SellerRow, '_id'> = {
  prefix: 'INV-',
  digits: 7,
  taxRegistration: null,
  paymentText:
    'The total is collected from the payment method on your account, or pay by transfer and quote the invoice number.',
};

@Injectable()
export class SellerRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<SellerRow> {
    return (
      (await this.sellers(tenantId).findOne({ _id: tenantId }, { projection: { tenantId: 0 } })) ?? {
        _id: tenantId,
        ...usual,
      }
    );
  }

  async put(tenantId: string, seller: Omit<SellerRow, '_id'>): Promise<void> {
    await this.sellers(tenantId).updateOne({ _id: tenantId }, { $set: seller }, { upsert: true });
  }

  private sellers(tenantId: string) {
    return this.db.tenant(tenantId).collection(Sellers);
  }
}
