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

  version(tenantId: string, policyId: string, version: number): Promise<DunningPolicyRow | null> {
    return this.of(tenantId).findOne({ policyId, version });
  }

  /** The latest of each policy that is for segments. */
  async forSegments(tenantId: string): Promise<DunningPolicyRow[]> {
    const rows = await this.of(tenantId).find({}, { sort: { policyId: 1, version: 1 }, limit: 2_000 });
    const latest = new Map(rows.map((row) => [row.policyId, row]));
    return [...latest.values()].filter(({ segments }) => (segments ?? []).length > 0);
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
