import { Injectable } from '@nestjs/common';
import type { TenantProfile } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { TenantProfiles } from './tenant-profile.schema';

@Injectable()
export class TenantProfileRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async find(tenantId: string): Promise<TenantProfile | null> {
    const row = await this.rows(tenantId).findOne({ _id: tenantId });
    return row && row.profile;
  }

  /** The caller knows that `profile` is newer; two at once meet on the row's id and one is carried again. */
  async put(tenantId: string, profile: TenantProfile): Promise<void> {
    const { revision } = profile;
    await this.rows(tenantId).updateOne(
      { _id: tenantId, revision: { $lt: revision } },
      { $set: { revision, profile } },
      { upsert: true },
    );
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(TenantProfiles);
  }
}
