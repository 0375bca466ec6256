import { Injectable } from '@nestjs/common';
import { isSandbox } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  notFound,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
  type StaffRole,
} from '@tollkeeper/platform';
import { Passwords } from '../sign-in/passwords';
import { newOneTimePassword } from '../sign-in/secrets';
import { Sessions } from '../sign-in/session.service';
import { TenantRepository } from '../tenants/tenant.repository';
import { UserRepository } from './user.repository';
import { type UserRow, userView, type UserView } from './user.schema';

interface NewUser {
  email: string;
  name: string;
  roles: StaffRole[];
}

/** The password is shown this once. */
export type UserWithPassword = UserView & { oneTimePassword: string };

@Injectable()
export class UserService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly users: UserRepository,
    private readonly tenants: TenantRepository,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** In a live tenant the one-time password is good for nothing but setting one's own. */
  async prepare(
    tenantId: string,
    { email, name, roles }: NewUser,
    at: string,
  ): Promise<{ row: UserRow; oneTimePassword: string }> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await this.passwords.hash(oneTimePassword);
    const mustChangePassword = !isSandbox(tenantId);
    const row = {
      _id: newId('usr'),
      email,
      name,
      roles,
      passwordHash,
      mustChangePassword,
      disabled: false,
      createdAt: at,
    };
    return { row, oneTimePassword };
  }

  async create(principal: Principal, user: NewUser): Promise<UserWithPassword> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const { row, oneTimePassword } = await this.prepare(tenantId, user, at);
    const after = userView(row);
    try {
      await this.database.transaction(async () => {
        await this.users.insert(tenantId, row);
        await this.audit.record(principal, { at, what: 'createUser', entity: row._id, after });
      });
    } catch (error) {
      if (isDuplicateKey(error))
        throw conflict('emailTaken', `There is a user with the address ${user.email} already.`);
      throw error;
    }
    return { ...after, oneTimePassword };
  }

  async list(tenantId: string, page: { startingAfter?: string; limit: number }): Promise<Page<UserView>> {
    const rows = await this.users.list(tenantId, { ...page, limit: page.limit + 1 });
    return pageOf(rows.map(userView), page.limit);
  }

  async changeRoles(
    principal: Principal,
    userId: string,
    roles: StaffRole[],
    reason: string,
  ): Promise<UserView> {
    return this.change(principal, userId, 'changeRoles', reason, { roles });
  }

  /** A disabled user's sessions end: refresh at once, the last access token within 15 minutes. */
  async setDisabled(
    principal: Principal,
    userId: string,
    disabled: boolean,
    reason: string,
  ): Promise<UserView> {
    return this.change(principal, userId, disabled ? 'disableUser' : 'enableUser', reason, { disabled });
  }

  async resetPassword(principal: Principal, userId: string, reason: string): Promise<UserWithPassword> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await this.passwords.hash(oneTimePassword);
    const mustChangePassword = !isSandbox(principal.tenantId);
    const view = await this.change(principal, userId, 'resetPassword', reason, {
      passwordHash,
      mustChangePassword,
    });
    return { ...view, oneTimePassword };
  }

  private async change(
    principal: Principal,
    userId: string,
    what: string,
    reason: string,
    fields: Partial<UserRow>,
  ): Promise<UserView> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      await this.tenants.bumpStaff(tenantId);
      const before = await this.users.find(tenantId, userId);
      const after = before && (await this.users.change(tenantId, userId, fields));
      if (!before || !after) throw notFound('user', userId);
      await this.keepAnAdmin(tenantId);
      if (after.disabled || fields.passwordHash) await this.sessions.closeAllOf(tenantId, userId);
      const views = { before: userView(before), after: userView(after) };
      await this.audit.record(principal, { at, what, entity: userId, ...views, reason });
      return views.after;
    });
  }

  private async keepAnAdmin(tenantId: string): Promise<void> {
    if ((await this.users.countActiveAdmins(tenantId)) > 0) return;
    throw conflict(
      'lastAdmin',
      'This would leave the tenant without an admin.',
      'Make someone else admin first.',
    );
  }
}
