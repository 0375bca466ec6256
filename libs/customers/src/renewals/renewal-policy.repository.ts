import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { RenewalPolicies, type RenewalPolicyRow } from './renewal-policy.schema';

@Injectable()
export class RenewalPolicyRepository {
  constructor(private readonly db: ServiceDatabase) {}

  inForce(tenantId: string, at: Instant): Promise<RenewalPolicyRow | null> {
    return this.rows(tenantId).findOne({ validFrom: { $lte: at } }, { sort: { validFrom: -1, version: -1 } });
  }

  latest(tenantId: string): Promise<RenewalPolicyRow | null> {
    return this.rows(tenantId).findOne({}, { sort: { version: -1 } });
  }

  /** Newest first. */
  list(tenantId: string, page: { limit: number; startingAfter?: string }): Promise<RenewalPolicyRow[]> {
    const older = page.startingAfter === undefined ? {} : { version: { $lt: Number(page.startingAfter) } };
    return this.rows(tenantId).find(older, { sort: { version: -1 }, limit: page.limit + 1 });
  }

  insert(tenantId: string, row: RenewalPolicyRow): Promise<void> {
    return this.rows(tenantId).insertOne(row);
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(RenewalPolicies);
  }
}
