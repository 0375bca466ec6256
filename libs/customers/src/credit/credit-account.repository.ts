import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { replaceOrInsert, ServiceDatabase } from '@tollkeeper/platform';
import {
  type CreditAccountRow,
  CreditAccounts,
  CreditSettings,
  newCreditAccount,
} from './credit-account.schema';

@Injectable()
export class CreditAccountRepository {
  constructor(private readonly db: ServiceDatabase) {}

  async get(tenantId: string, accountId: string): Promise<CreditAccountRow> {
    return (await this.rows(tenantId).findOne({ accountId })) ?? newCreditAccount(tenantId, accountId);
  }

  findMany(tenantId: string, accountIds: string[]): Promise<CreditAccountRow[]> {
    return this.rows(tenantId).find({ accountId: { $in: accountIds } });
  }

  due(tenantId: string, at: Instant, limit: number): Promise<CreditAccountRow[]> {
    const filter = { lookAt: { $type: 'string', $lte: at } };
    return this.rows(tenantId).find(filter, { sort: { lookAt: 1, _id: 1 }, limit });
  }

  async nextAt(tenantId: string): Promise<Instant | null> {
    const filter = { lookAt: { $type: 'string' } };
    return (await this.rows(tenantId).findOne(filter, { sort: { lookAt: 1 } }))?.lookAt ?? null;
  }

  /** In the transaction that read them. */
  async save(tenantId: string, rows: CreditAccountRow[]): Promise<void> {
    await this.rows(tenantId).bulkWrite(rows.map((row) => replaceOrInsert({ _id: row._id }, { ...row })));
  }

  /** Accounts that usage has barred, or whose deposit waits for a person, by account. */
  page(
    tenantId: string,
    { limit, startingAfter, barred }: { limit: number; startingAfter?: string; barred?: boolean },
  ): Promise<CreditAccountRow[]> {
    const filter = {
      ...(startingAfter ? { accountId: { $gt: startingAfter } } : {}),
      ...(barred ? { 'bars.0': { $exists: true } } : {}),
    };
    return this.rows(tenantId).find(filter, { sort: { accountId: 1 }, limit });
  }

  async operatorRoamingCap(tenantId: string): Promise<number | null> {
    return (await this.settings(tenantId).findOne({ _id: tenantId }))?.roamingDataCapMinor ?? null;
  }

  async setOperatorRoamingCap(tenantId: string, roamingDataCapMinor: number | null): Promise<void> {
    await this.settings(tenantId).updateOne(
      { _id: tenantId },
      { $set: { roamingDataCapMinor } },
      { upsert: true },
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(CreditAccounts);
  }

  private settings(tenantId: string) {
    return this.db.tenant(tenantId).collection(CreditSettings);
  }
}
