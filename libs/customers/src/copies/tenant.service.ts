import { Injectable } from '@nestjs/common';
import { type FactBatch, renewals, type TenantProfile } from '@tollkeeper/contracts';
import { conflict, Outbox, ServiceDatabase } from '@tollkeeper/platform';
import { TenantRepository } from './tenant.repository';

@Injectable()
export class TenantService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly tenants: TenantRepository,
  ) {}

  /** A new operator's renewals process starts with its first profile. */
  async receive({ tenantId, at, facts }: FactBatch<'tenantChanged'>): Promise<void> {
    for (const profile of facts) {
      await this.db.transaction(async () => {
        if (await this.tenants.find(tenantId)) return this.tenants.replaceOlder(tenantId, profile);
        await this.tenants.insert(tenantId, profile);
        await this.outbox.start(renewals, [{ tenantId, at }]);
      });
    }
  }

  async get(tenantId: string): Promise<TenantProfile> {
    const profile = await this.tenants.find(tenantId);
    if (!profile)
      throw conflict(
        'operatorNotReady',
        'The profile of this operator has not arrived yet.',
        'Try again shortly.',
      );
    return profile;
  }
}
