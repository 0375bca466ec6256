import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type UserRow, Users } from './user.schema';

export type StoredUser = UserRow & { tenantId: string };

@Injectable()
export class UserRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async find(tenantId: string, userId: string): Promise<UserRow | null> {
    return this.rows(tenantId).findOne({ _id: userId });
  }

  /** Without a tenant the address must belong to exactly one: a login never picks between two. */
  async findForLogin(tenantId: string | undefined, email: string): Promise<StoredUser | null> {
    const filter = tenantId === undefined ? { email } : { tenantId, email };
    const found = await this.database.acrossTenants(Users).find(filter).limit(2).toArray();
    return found.length === 1 ? (found[0] as unknown as StoredUser) : null;
  }

  async list(
    tenantId: string,
    { startingAfter, limit }: { startingAfter?: string; limit: number },
  ): Promise<UserRow[]> {
    const filter = startingAfter ? { _id: { $gt: startingAfter } } : {};
    return this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  async insert(tenantId: string, row: UserRow): Promise<void> {
    await this.rows(tenantId).insertOne(row);
  }

  async change(tenantId: string, userId: string, fields: Partial<UserRow>): Promise<UserRow | null> {
    return this.rows(tenantId).findOneAndUpdate({ _id: userId }, { $set: fields });
  }

  async countActiveAdmins(tenantId: string): Promise<number> {
    return this.rows(tenantId).count({ roles: 'admin', disabled: false });
  }

  private rows(tenantId: string) {
    return this.database.tenant(tenantId).collection(Users);
  }
}
