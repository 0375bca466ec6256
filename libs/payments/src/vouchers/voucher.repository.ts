import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { isDuplicateKey, ServiceDatabase } from '@tollkeeper/platform';
import {
  type VoucherBatchRow,
  VoucherBatches,
  type VoucherGuessRow,
  VoucherGuesses,
  type VoucherRow,
  Vouchers,
} from './voucher.schema';

@Injectable()
export class VoucherRepository {
  constructor(private readonly database: ServiceDatabase) {}

  async insert(tenantId: string, batch: VoucherBatchRow, vouchers: VoucherRow[]): Promise<void> {
    await this.batches(tenantId).insertOne(batch);
    await this.vouchers(tenantId).insertMany(vouchers);
  }

  batch(tenantId: string, batchId: string): Promise<VoucherBatchRow | null> {
    return this.batches(tenantId).findOne({ _id: batchId });
  }

  listBatches(
    tenantId: string,
    { limit, startingAfter }: { limit: number; startingAfter?: string },
  ): Promise<VoucherBatchRow[]> {
    const after = startingAfter === undefined ? {} : { _id: { $gt: startingAfter } };
    return this.batches(tenantId).find(after, { sort: { _id: 1 }, limit: limit + 1 });
  }

  async tally(tenantId: string, batchId: string): Promise<Record<string, number>> {
    const rows = await this.vouchers(tenantId).aggregate<{ _id: string; count: number }>([
      { $match: { batchId } },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ]);
    return Object.fromEntries(rows.map(({ _id, count }) => [_id, count]));
  }

  byCode(tenantId: string, codeHash: string): Promise<VoucherRow | null> {
    return this.vouchers(tenantId).findOne({ codeHash });
  }

  /** `null`: somebody was quicker. */
  claim(tenantId: string, voucherId: string, accountId: string, at: Instant): Promise<VoucherRow | null> {
    const good = { _id: voucherId, state: 'issued', expiresAt: { $gt: at } };
    const change = { $set: { state: 'redeemed', accountId, redeemedAt: at } };
    return this.vouchers(tenantId).findOneAndUpdate(good, change);
  }

  async notePayment(tenantId: string, voucherId: string, paymentId: string): Promise<void> {
    await this.vouchers(tenantId).updateOne({ _id: voucherId }, { $set: { paymentId } });
  }

  async voidBatch(tenantId: string, batchId: string): Promise<void> {
    await this.vouchers(tenantId).updateMany({ batchId, state: 'issued' }, { $set: { state: 'void' } });
  }

  guesses(tenantId: string, accountId: string): Promise<VoucherGuessRow | null> {
    return this.wrong(tenantId).findOne({ _id: `${tenantId}/${accountId}` });
  }

  /** One that began before `from` begins anew. */
  async noteWrong(tenantId: string, accountId: string, now: Date, from: Date): Promise<void> {
    const _id = `${tenantId}/${accountId}`;
    await this.wrong(tenantId).deleteMany({ _id, since: { $lt: from } });
    const note = () =>
      this.wrong(tenantId).updateOne(
        { _id },
        { $inc: { wrong: 1 }, $setOnInsert: { since: now } },
        { upsert: true },
      );
    await note().catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return note();
    });
  }

  private batches(tenantId: string) {
    return this.database.tenant(tenantId).collection(VoucherBatches);
  }

  private vouchers(tenantId: string) {
    return this.database.tenant(tenantId).collection(Vouchers);
  }

  private wrong(tenantId: string) {
    return this.database.tenant(tenantId).collection(VoucherGuesses);
  }
}
