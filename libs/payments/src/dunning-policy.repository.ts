import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { DunningPolicy } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { DunningPolicies, type DunningPolicyRow } from './dunning-policy.schema';

@Injectable()
export class DunningPolicyRepository {
  constructor(private readonly database: ServiceDatabase) {}

  latest(tenantId: string, policyId: string): Promise<DunningPolicyRow | null> {
    return this.of(tenantId).findOne({ policyId }, { sort: { version: -1 } });
  }

  versions(tenantId: string, page: { limit: number; startingAfter?: string }): Promise<DunningPolicyRow[]> {
    const after = page.startingAfter === undefined ? {} : { _id: { $gt: page.startingAfter } };
    return this.of(tenantId).find(after, { sort: { _id: 1 }, limit: page.limit + 1 });
  }

  async insert(tenantId: string, policy: DunningPolicy, createdAt: Instant): Promise<void> {
    const _id = `${tenantId}/${policy.policyId}/${policy.version}`;
    await this.of(tenantId).insertOne({ _id, ...policy, createdAt });
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(DunningPolicies);
  }
}
