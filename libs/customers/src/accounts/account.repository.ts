import { Injectable } from '@nestjs/common';
import type { CreditTerms } from '@tollkeeper/contracts';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type AccountRow, Accounts } from './account.schema';

interface AccountPage {
  limit: number;
  startingAfter?: string;
  customerId?: string;
  /** Has or had this parent. */
  parentAccountId?: string;
}

@Injectable()
export class AccountRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, accountId: string): Promise<AccountRow | null> {
    return this.rows(tenantId).findOne({ _id: accountId });
  }

  findMany(tenantId: string, accountIds: string[]): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ _id: { $in: accountIds } }, { sort: { _id: 1 } });
  }

  findByExternalIds(tenantId: string, externalIds: string[]): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ externalId: { $in: externalIds } });
  }

  page(
    tenantId: string,
    { limit, startingAfter, customerId, parentAccountId }: AccountPage,
  ): Promise<AccountRow[]> {
    const filter = {
      $and: [
        startingAfter ? { _id: { $gt: startingAfter } } : {},
        customerId ? { customerId } : {},
        parentAccountId ? { 'parents.parentAccountId': { $eq: parentAccountId, $type: 'string' } } : {},
      ],
    };
    return this.rows(tenantId).find(filter, { sort: { _id: 1 }, limit });
  }

  ofCustomer(tenantId: string, customerId: string): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ customerId });
  }

  ofCustomers(tenantId: string, customerIds: string[]): Promise<AccountRow[]> {
    return this.rows(tenantId).find({ customerId: { $in: customerIds } });
  }

  insertMany(tenantId: string, rows: AccountRow[]): Promise<void> {
    return this.rows(tenantId).insertMany(rows);
  }

  update(tenantId: string, accountId: string, change: Partial<AccountRow>): Promise<AccountRow | null> {
    return this.rows(tenantId).findOneAndUpdate({ _id: accountId }, { $set: change });
  }

  async updateMany(
    tenantId: string,
    changes: { accountId: string; change: Partial<AccountRow> }[],
  ): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      changes.map(({ accountId, change }) => updateOne({ _id: accountId }, { $set: change })),
    );
  }

  async ofCreditClass(tenantId: string, code: string, limit: number): Promise<string[]> {
    const filter = { 'creditTerms.creditClass': { $eq: code, $type: 'string' } };
    const rows = await this.rows(tenantId).find(filter, { limit, projection: { _id: 1 } });
    return rows.map(({ _id }) => _id);
  }

  async setCreditTerms(tenantId: string, accountIds: string[], creditTerms: CreditTerms): Promise<void> {
    await this.rows(tenantId).updateMany({ _id: { $in: accountIds } }, { $set: { creditTerms } });
  }

  /** Also makes two changes of one account wait for each other. */
  async raiseRevisions(tenantId: string, accountIds: string[]): Promise<void> {
    await this.rows(tenantId).updateMany({ _id: { $in: accountIds } }, { $inc: { revision: 1 } });
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(Accounts);
  }
}
