import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type RenewalRequestRow, RenewalRequests } from './renewal-request.schema';

@Injectable()
export class RenewalRequestRepository {
  constructor(private readonly db: ServiceDatabase) {}

  insert(tenantId: string, row: RenewalRequestRow): Promise<void> {
    return this.rows(tenantId).insertOne(row);
  }

  find(tenantId: string, requestId: string): Promise<RenewalRequestRow | null> {
    return this.rows(tenantId).findOne({ _id: requestId });
  }

  /** One whose charge is on its way. */
  openOf(tenantId: string, subscriptionId: string): Promise<RenewalRequestRow | null> {
    return this.rows(tenantId).findOne({ subscriptionId, outcome: { $in: [null, 'unknown', 'pending'] } });
  }

  async setOutcome(
    tenantId: string,
    requestId: string,
    outcome: RenewalRequestRow['outcome'],
  ): Promise<void> {
    await this.rows(tenantId).updateOne({ _id: requestId }, { $set: { outcome } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(RenewalRequests);
  }
}
