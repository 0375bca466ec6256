import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type PayRequestRow, PayRequests } from './pay-request.schema';

@Injectable()
export class PayRequestRepository {
  constructor(private readonly database: ServiceDatabase) {}

  insert(tenantId: string, row: PayRequestRow): Promise<void> {
    return this.of(tenantId).insertOne(row);
  }

  one(tenantId: string, requestId: string): Promise<PayRequestRow | null> {
    return this.of(tenantId).findOne({ _id: requestId });
  }

  async setOutcome(tenantId: string, requestId: string, outcome: PayRequestRow['outcome']): Promise<void> {
    await this.of(tenantId).updateOne({ _id: requestId }, { $set: { outcome } });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(PayRequests);
  }
}
