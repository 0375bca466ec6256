import { Injectable } from '@nestjs/common';
import type { AccountFlag } from '@tollkeeper/contracts';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { AccountCopies, type AccountCopyRow, type TenantProfileRow, TenantProfiles } from './profile.schema';

@Injectable()
export class ProfileRepository {
  constructor(private readonly database: ServiceDatabase) {}

  tenant(tenantId: string): Promise<TenantProfileRow | null> {
    return this.database.tenant(tenantId).collection(TenantProfiles).findOne({ _id: tenantId });
  }

  async saveTenant({ _id, ...profile }: TenantProfileRow): Promise<void> {
    await this.database
      .tenant(_id)
      .collection(TenantProfiles)
      .updateOne({ _id }, { $set: profile }, { upsert: true });
  }

  account(tenantId: string, accountId: string): Promise<AccountCopyRow | null> {
    return this.accountCopies(tenantId).findOne({ _id: accountId });
  }

  async accounts(tenantId: string, accountIds: string[]): Promise<Map<string, AccountCopyRow>> {
    const rows = await this.accountCopies(tenantId).find({ _id: { $in: accountIds } });
    return new Map(rows.map((row) => [row._id, row]));
  }

  /** Accounts by the names asked for, at most `limit` of each. */
  async named(tenantId: string, names: string[], limit: number): Promise<Map<string, string[]>> {
    const rows = await this.accountCopies(tenantId).aggregate<{ _id: string; ids: string[] }>([
      { $match: { customerName: { $in: names } } },
      { $sort: { customerName: 1, _id: 1 } },
      { $group: { _id: '$customerName', ids: { $firstN: { n: limit, input: '$_id' } } } },
    ]);
    return new Map(rows.map(({ _id, ids }) => [_id, ids]));
  }

  /** What a message says to whom; the rest of a copy is not read. */
  async addressees(
    tenantId: string,
    accountIds: string[],
  ): Promise<Map<string, Pick<AccountCopyRow, 'customerName' | 'zone'>>> {
    const projection = { customerName: 1, zone: 1 };
    const rows = await this.accountCopies(tenantId).find({ _id: { $in: accountIds } }, { projection });
    return new Map(rows.map(({ _id, customerName, zone }) => [_id, { customerName, zone }]));
  }

  /** Those of them that have flags at all, whichever and whenever. */
  async flags(tenantId: string, accountIds: string[]): Promise<Map<string, AccountFlag[]>> {
    const filter = { _id: { $in: accountIds }, 'flags.0': { $exists: true } };
    const rows = await this.accountCopies(tenantId).find(filter, { projection: { flags: 1 } });
    return new Map(rows.map(({ _id, flags = [] }) => [_id, flags]));
  }

  async saveAccounts(tenantId: string, rows: AccountCopyRow[]): Promise<void> {
    await this.accountCopies(tenantId).bulkWrite(
      rows.map(({ _id, ...copy }) => upsertOne({ _id }, { $set: copy })),
    );
  }

  private accountCopies(tenantId: string) {
    return this.database.tenant(tenantId).collection(AccountCopies);
  }
}
