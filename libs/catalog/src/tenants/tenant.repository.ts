import { Injectable } from '@nestjs/common';
import type { TenantProfile } from '@tollkeeper/contracts';
import { isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { TenantProfiles } from './tenant.schema';

@Injectable()
export class TenantRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async find(tenantId: string): Promise<TenantProfile | null> {
    return (await this.rows(tenantId).findOne({ _id: tenantId }))?.profile ?? null;
  }

  /** The higher revision stays. */
  async keep(tenantId: string, profile: TenantProfile): Promise<void> {
    const { revision } = profile;
    try {
      await this.rows(tenantId).updateOne(
        { _id: tenantId, revision: { $lt: revision } },
        { $set: { revision, profile } },
        { upsert: true },
      );
    } catch (error) {
      // The row is there with this revision or a higher one, so the upsert found nothing to change.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(TenantProfiles);
  }
}
