import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import { type CustomerBalanceRow, CustomerBalances } from './posting.schema';

@Injectable()
export class CustomerBalanceRepository {
  constructor(private readonly db: ServiceDatabase) {}

  of(tenantId: string, accountIds: string[]): Promise<CustomerBalanceRow[]> {
    return this.rows(tenantId).find({ accountId: { $in: accountIds } });
  }

  async setDepositSince(
    tenantId: string,
    changes: { _id: string; depositSince: Instant | null }[],
  ): Promise<void> {
    await this.rows(tenantId).bulkWrite(
      changes.map(({ _id, depositSince }) => updateOne({ _id }, { $set: { depositSince } })),
    );
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(CustomerBalances);
  }
}
