import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, upsertOne } from '@tollkeeper/platform';
import { type BankAccountRow, BankAccounts, PayerBankAccounts } from './bank-account.schema';

const mostOfIban = 20;

/** An account that was paid from that bank account. */
export interface KnownPayer {
  iban: string;
  accountId: string;
}

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

  /** Accounts by the bank accounts that have paid for them, some of each. */
  async payersOf(tenantId: string, ibans: string[]): Promise<Map<string, string[]>> {
    const rows = await this.payers(tenantId).aggregate<{ _id: string; ids: string[] }>([
      { $match: { iban: { $in: ibans } } },
      { $sort: { iban: 1, accountId: 1 } },
      { $group: { _id: '$iban', ids: { $firstN: { n: mostOfIban, input: '$accountId' } } } },
    ]);
    return new Map(rows.map(({ _id, ids }) => [_id, ids]));
  }

  async learn(tenantId: string, payers: readonly KnownPayer[], learntAt: Instant): Promise<void> {
    await this.payers(tenantId).bulkWrite(
      payers.map(({ iban, accountId }) =>
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
