import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { BalanceEntries, type BalanceEntryRow, type BalanceRow, Balances } from './balance.schema';

export type Move = Pick<BalanceEntryRow, 'accountId' | 'what' | 'amountMinor' | 'currency' | 'at'> &
  Partial<Pick<BalanceEntryRow, 'paymentId' | 'refundId' | 'subscriptionId'>> & { key: string };

/** Every movement is one conditional update with its entry, inside the transaction of what causes it. */
@Injectable()
export class BalanceRepository {
  constructor(private readonly database: ServiceDatabase) {}

  find(tenantId: string, accountId: string): Promise<BalanceRow | null> {
    return this.balances(tenantId).findOne({ _id: accountId });
  }

  /** By account; those that were never loaded are not there. */
  async ofAccounts(tenantId: string, accountIds: string[]): Promise<Map<string, BalanceRow>> {
    const rows = await this.balances(tenantId).find({ _id: { $in: accountIds } });
    return new Map(rows.map((row) => [row._id, row]));
  }

  /** `null`: that much is not there, and nothing has changed. A movement that is there already changes nothing. */
  async move(tenantId: string, move: Move): Promise<BalanceEntryRow | null> {
    const { key, accountId, amountMinor, currency, what, at } = move;
    const { paymentId = null, refundId = null, subscriptionId = null } = move;
    const _id = `${tenantId}/${key}`;
    const known = await this.entries(tenantId).findOne({ _id });
    if (known) return known;
    const enough = amountMinor < 0 ? { balanceMinor: { $gte: -amountMinor } } : {};
    const balance = await this.balances(tenantId).findOneAndUpdate(
      { _id: accountId, currency, ...enough },
      { $inc: { balanceMinor: amountMinor, entries: 1 } },
      { upsert: amountMinor > 0 },
    );
    if (!balance) return null;
    const { entries: no, balanceMinor } = balance;
    const entry = {
      ...{ _id, accountId, no, what, amountMinor, balanceMinor, currency, at },
      ...{ paymentId, refundId, subscriptionId },
    };
    await this.entries(tenantId).insertOne(entry);
    return entry;
  }

  /** Newest first. */
  history(
    tenantId: string,
    accountId: string,
    page: { limit: number; startingAfter?: string },
  ): Promise<BalanceEntryRow[]> {
    const older = page.startingAfter === undefined ? {} : { no: { $lt: Number(page.startingAfter) } };
    return this.entries(tenantId).find({ accountId, ...older }, { sort: { no: -1 }, limit: page.limit + 1 });
  }

  private balances(tenantId: string) {
    return this.database.tenant(tenantId).collection(Balances);
  }

  private entries(tenantId: string) {
    return this.database.tenant(tenantId).collection(BalanceEntries);
  }
}
