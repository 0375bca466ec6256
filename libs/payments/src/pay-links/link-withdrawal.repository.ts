import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { LinkWithdrawals } from './link-withdrawal.schema';
import type { PayLinkRow } from './pay-link.schema';

@Injectable()
export class LinkWithdrawalRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async withdraw(tenantId: string, accountId: string, withdrawnAt: Instant): Promise<void> {
    await this.of(tenantId).updateOne({ _id: accountId }, { $set: { withdrawnAt } }, { upsert: true });
  }

  /** Whether all links of its account were withdrawn since it was made. */
  async covers(tenantId: string, link: Pick<PayLinkRow, 'accountId' | 'createdAt'>): Promise<boolean> {
    const row = await this.of(tenantId).findOne({ _id: link.accountId });
    return row !== null && link.createdAt <= row.withdrawnAt;
  }

  private of(tenantId: string) {
    return this.database.tenant(tenantId).collection(LinkWithdrawals);
  }
}
