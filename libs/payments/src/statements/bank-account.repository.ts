import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { type BankAccountRow, BankAccounts, PayerBankAccounts } from './bank-account.schema';

const mostOfIban = 20;

@Injectable()
export class BankAccountRepository {
  constructor(private readonly database: ServiceDatabase) {}

  one(tenantId: string, bankAccountId: string): Promise<BankAccountRow | null> {
    return this.ours(tenantId).findOne({ _id: `${tenantId}/${bankAccountId}` });
  }

  byNumbers(tenantId: string, numbers: string[]): Promise<BankAccountRow[]> {
    return this.ours(tenantId).find({ account: { $in: numbers } });
  }

  list(tenantId: string): Promise<BankAccountRow[]> {
    return this.ours(tenantId).find({}, { sort: { bankAccountId: 1 } });
  }

  async save(tenantId: string, { _id, ...row }: BankAccountRow): Promise<void> {
    await this.ours(tenantId).updateOne({ _id }, { $set: row }, { upsert: true });
  }

  async payersOf(tenantId: string, iban: string): Promise<string[]> {
    if (iban === '') return [];
    const rows = await this.payers(tenantId).find({ iban }, { sort: { accountId: 1 }, limit: mostOfIban });
    return rows.map(({ accountId }) => accountId);
  }

  async learn(tenantId: string, iban: string, accountIds: string[], learntAt: Instant): Promise<void> {
    if (iban === '') return;
    await this.payers(tenantId).bulkWrite(
      accountIds.map((accountId) =>
        upsertOne(
          { _id: `${tenantId}/${iban}/${accountId}` },
          { $setOnInsert: { iban, accountId, learntAt } },
        ),
      ),
    );
  }

  async forget(tenantId: string, iban: string, accountId: string): Promise<void> {
    await this.payers(tenantId).deleteMany({ _id: `${tenantId}/${iban}/${accountId}` });
  }

  private ours(tenantId: string) {
    return this.database.tenant(tenantId).collection(BankAccounts);
  }

  private payers(tenantId: string) {
    return this.database.tenant(tenantId).collection(PayerBankAccounts);
  }
}
