import { Injectable } from '@nestjs/common';
import type { TenantProfile } from '@tollkeeper/contracts';
import { isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import { Tenants } from './tenant.schema';

@Injectable()
export class TenantRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async keepNewer(tenantId: string, profiles: TenantProfile[]): Promise<void> {
    const newest = profiles.reduce<TenantProfile | null>(
      (best, each) => (best && best.revision > each.revision ? best : each),
      null,
    );
    if (!newest) return;
    const { revision } = newest;
    const change = { $set: { revision, profile: newest } };
    try {
      await this.db
        .tenant(tenantId)
        .collection(Tenants)
        .updateOne({ _id: tenantId, revision: { $lt: revision } }, change, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
