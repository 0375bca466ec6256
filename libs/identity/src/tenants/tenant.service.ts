import { Injectable } from '@nestjs/common';
import type { TenantProfile } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { TenantRepository } from './tenant.repository';
import { profileOf } from './tenant.schema';

/** Currency, country and zone are fixed: amounts and dates that exist were made with them. */
type TenantChange = Partial<
  Pick<TenantProfile, 'name' | 'legalName' | 'addressLines' | 'supportEmail' | 'supportPhone'>
>;

@Injectable()
export class TenantService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly tenants: TenantRepository,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async profile(tenantId: string): Promise<TenantProfile> {
    const row = await this.tenants.find(tenantId);
    if (!row) throw notFound('tenant', tenantId);
    return profileOf(row);
  }

  async change(principal: Principal, change: TenantChange, reason: string): Promise<TenantProfile> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.profile(tenantId);
      const row = await this.tenants.change(tenantId, before.revision, change);
      if (!row)
        throw conflict(
          'changedMeanwhile',
          'Someone else changed the tenant just now.',
          'Read it again, then repeat the change.',
        );
      const after = profileOf(row);
      await this.outbox.tell(tenantId, at, 'tenantChanged', [after]);
      await this.audit.record(principal, {
        at,
        what: 'changeTenant',
        entity: tenantId,
        before,
        after,
        reason,
      });
      return after;
    });
  }
}
