import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import { customerAccounts } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type PostingRow, Postings } from '../ledger/posting.schema';
import type { OwnBalance } from './domain/account-statement';

const ownAccounts = Object.keys(customerAccounts);

@Injectable()
export class AccountStatementRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** Debit positive, at the end of the day before `from`; without it, of all that was posted. */
  balancesBefore(tenantId: string, accountId: string, from?: LocalDate): Promise<OwnBalance[]> {
    return this.postings(tenantId).aggregate<OwnBalance>([
      { $match: { accountId, ...(from ? { on: { $lt: from } } : {}) } },
      { $unwind: '$lines' },
      { $match: { 'lines.account': { $in: ownAccounts } } },
      {
        $group: {
          _id: { account: '$lines.account', currency: '$lines.currency' },
          minor: { $sum: '$lines.amountMinor' },
        },
      },
      { $project: { _id: 0, account: '$_id.account', currency: '$_id.currency', minor: 1 } },
      { $sort: { currency: 1, account: 1 } },
    ]);
  }

  /** In the order of the books. */
  movements(
    tenantId: string,
    accountId: string,
    { from, through }: { from: LocalDate; through: LocalDate },
    limit: number,
  ): Promise<PostingRow[]> {
    const filter = { accountId, on: { $gte: from, $lte: through }, 'lines.account': { $in: ownAccounts } };
    return this.postings(tenantId).find(filter, { sort: { on: 1, at: 1, _id: 1 }, limit });
  }

  private postings(tenantId: string) {
    return this.db.tenant(tenantId).collection(Postings);
  }
}
