import { Injectable } from '@nestjs/common';
import type { TenantProfile } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { TenantProfiles } from './tenant.schema';

@Injectable()
export class TenantRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<TenantProfile | null> {
    return (await this.rows(tenantId).findOne({ _id: tenantId }))?.profile ?? null;
  }

  /** The higher revision stays. */
  async replaceOlder(tenantId: string, profile: TenantProfile): Promise<void> {
    const { revision } = profile;
    await this.rows(tenantId).updateOne(
      { _id: tenantId, revision: { $lt: revision } },
      { $set: { revision, profile } },
    );
  }

  insert(tenantId: string, profile: TenantProfile): Promise<void> {
    return this.rows(tenantId).insertOne({ _id: tenantId, revision: profile.revision, profile });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(TenantProfiles);
  }
}
