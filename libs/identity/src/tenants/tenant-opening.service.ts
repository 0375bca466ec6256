import { Injectable } from '@nestjs/common';
import { type Instant, instant } from '@tollkeeper/calendar';
import type { TenantProfile } from '@tollkeeper/contracts';
import {
  AuditLog,
  newId,
  Outbox,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { TenantRepository } from './tenant.repository';
import { profileOf, type TenantRow } from './tenant.schema';
import { UserRepository } from '../users/user.repository';
import { userView } from '../users/user.schema';
import { UserService, type UserWithPassword } from '../users/user.service';

type NewTenant = Omit<TenantProfile, 'tenantId' | 'revision' | 'openedAt'> & {
  admin: { email: string; name: string };
} & ({ kind: 'sandbox'; clockStartsAt?: Instant } | { kind: 'live' });

export interface OpenedTenant {
  tenant: TenantProfile;
  /** The one-time password is shown here only. */
  admin: UserWithPassword;
}

/** Opening a tenant tells all services of it; for a sandbox, carrying that first fact starts its test clock at `openedAt`. */
@Injectable()
export class TenantOpening {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly tenants: TenantRepository,
    private readonly users: UserRepository,
    private readonly userService: UserService,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async openTenant(request: NewTenant): Promise<OpenedTenant> {
    const tenantId = newId(request.kind === 'sandbox' ? 'sbx' : 'ten');
    const openedAt = openingInstant(request);
    const tenant = tenantRow(tenantId, request, openedAt);
    const newAdmin = { ...request.admin, roles: ['admin' as const] };
    const { row: admin, oneTimePassword } = await this.userService.prepare(tenantId, newAdmin, openedAt);
    await this.database.transaction(async () => {
      await this.tenants.insert(tenant);
      await this.users.insert(tenantId, admin);
      await this.outbox.tell(tenantId, openedAt, 'tenantChanged', [profileOf(tenant)]);
      const after = { tenant: profileOf(tenant), admin: userView(admin) };
      await this.audit.record(operatorOf(tenantId), {
        at: openedAt,
        what: 'openTenant',
        entity: tenantId,
        after,
      });
    });
    return { tenant: profileOf(tenant), admin: { ...userView(admin), oneTimePassword } };
  }

  async list(page: { startingAfter?: string; limit: number }): Promise<Page<TenantProfile>> {
    const rows = await this.tenants.listAll({ ...page, limit: page.limit + 1 });
    return pageOf(rows.map(profileOf), page.limit);
  }
}

/** A live tenant opens now; a sandbox whenever its story begins. */
const openingInstant = (request: NewTenant): Instant =>
  instant(
    request.kind === 'sandbox' && request.clockStartsAt ? request.clockStartsAt : new Date().toISOString(),
  );

const tenantRow = (tenantId: string, request: NewTenant, openedAt: Instant): TenantRow => {
  const { name, legalName, addressLines, country, currency, zone, supportEmail, supportPhone } = request;
  const profile = { name, legalName, addressLines, country, currency, zone, supportEmail, supportPhone };
  return { _id: tenantId, revision: 1, ...profile, openedAt, staffRevision: 0 };
};

const operatorOf = (tenantId: string): Principal => ({
  kind: 'integration',
  tenantId,
  subject: 'operator',
  name: 'operator of the installation',
  roles: [],
  scopes: [],
  accountId: null,
});
