import { Injectable } from '@nestjs/common';
import type { BillRunState } from '@tollkeeper/contracts';
import { ServiceDatabase, updateOne } from '@tollkeeper/platform';
import {
  type BillRunAccountRow,
  BillRunAccounts,
  type BillRunBatchRow,
  BillRunBatches,
  type BillRunRow,
  BillRuns,
  type RunAccountState,
} from './bill-run.schema';

export interface AccountTally {
  state: RunAccountState;
  accounts: number;
  handedOverMicro: number;
  handedOverRecords: number;
  reportedMicro: number;
  reportedRecords: number;
}

const runAccountId = (runId: string, accountId: string): string => `${runId}/${accountId}`;

/** A bill that somebody asked for has a run of its own, which no cut-off is answered by. */
const ofCycle = { onDemand: { $exists: false } };

@Injectable()
export class BillRunRepository {
  constructor(private readonly db: ServiceDatabase) {}

  insert(tenantId: string, row: BillRunRow): Promise<void> {
    return this.runs(tenantId).insertOne(row);
  }

  find(tenantId: string, runId: string): Promise<BillRunRow | null> {
    return this.runs(tenantId).findOne({ _id: runId });
  }

  findByCutOff(tenantId: string, cycleId: string, cutOffOn: string): Promise<BillRunRow | null> {
    return this.runs(tenantId).findOne({ cycleId, cutOffOn, ...ofCycle });
  }

  list(
    tenantId: string,
    filter: { cycleId?: string; onDemand?: boolean; startingAfter?: string },
    limit: number,
  ): Promise<BillRunRow[]> {
    const { cycleId, startingAfter, onDemand } = filter;
    const where = {
      ...(onDemand === undefined ? {} : { onDemand: { $exists: onDemand } }),
      ...(cycleId ? { cycleId } : {}),
      ...(startingAfter ? { _id: { $lt: startingAfter } } : {}),
    };
    return this.runs(tenantId).find(where, { sort: { _id: -1 }, limit });
  }

  /** The cycle's last run before this one that was reviewed and not cancelled. */
  async previousReview(tenantId: string, { cycleId, cutOffOn }: BillRunRow): Promise<BillRunRow['review']> {
    const filter = {
      ...{ cycleId, ...ofCycle },
      cutOffOn: { $lt: cutOffOn },
      state: { $ne: 'cancelled' },
      review: { $ne: null },
    };
    const [last] = await this.runs(tenantId).find(filter, { sort: { cutOffOn: -1 }, limit: 1 });
    return last?.review ?? null;
  }

  async change(tenantId: string, runId: string, change: Partial<BillRunRow>): Promise<void> {
    await this.runs(tenantId).updateOne({ _id: runId }, { $set: change });
  }

  /** False when someone else moved it meanwhile. */
  async move(
    tenantId: string,
    runId: string,
    from: BillRunState,
    change: Partial<BillRunRow>,
  ): Promise<boolean> {
    return (
      (await this.runs(tenantId).updateOne({ _id: runId, state: from }, { $set: change })).matchedCount === 1
    );
  }

  /** Bills on demand of an account that are not done. */
  onDemandUnderWay(tenantId: string, accountId: string): Promise<BillRunRow | null> {
    const state = { $nin: ['completed', 'cancelled'] };
    return this.runs(tenantId).findOne({ 'onDemand.accountId': accountId, state });
  }

  findBatch(tenantId: string, runId: string, batchNo: number): Promise<BillRunBatchRow | null> {
    return this.batches(tenantId).findOne({ runId, batchNo });
  }

  async lastBatch(tenantId: string, runId: string): Promise<BillRunBatchRow | null> {
    const [last] = await this.batches(tenantId).find({ runId }, { sort: { batchNo: -1 }, limit: 1 });
    return last ?? null;
  }

  async insertBatch(tenantId: string, row: BillRunBatchRow): Promise<void> {
    await this.batches(tenantId).insertOne(row);
  }

  async insertAccounts(tenantId: string, { runId, batchNo, accountIds }: BillRunBatchRow): Promise<void> {
    const rows = accountIds.map((accountId): BillRunAccountRow => ({
      _id: runAccountId(runId, accountId),
      runId,
      accountId,
      batchNo,
      state: 'pending',
      cause: null,
      invoiceId: null,
      handedOverMicro: 0,
      handedOverRecords: 0,
    }));
    await this.accounts(tenantId).insertMany(rows);
  }

  async moveAccountsToBatch(
    tenantId: string,
    { runId, batchNo, accountIds }: BillRunBatchRow,
  ): Promise<void> {
    const change = { $set: { batchNo, state: 'pending', cause: null } };
    await this.accounts(tenantId).updateMany({ runId, accountId: { $in: accountIds } }, change);
  }

  findAccount(tenantId: string, runId: string, accountId: string): Promise<BillRunAccountRow | null> {
    return this.accounts(tenantId).findOne({ _id: runAccountId(runId, accountId) });
  }

  accountsOfBatch(tenantId: string, runId: string, batchNo: number): Promise<BillRunAccountRow[]> {
    return this.accounts(tenantId).find({ runId, batchNo }, { sort: { accountId: 1 } });
  }

  accountsInState(
    tenantId: string,
    runId: string,
    state: RunAccountState | undefined,
    limit: number,
    startingAfter?: string,
  ): Promise<BillRunAccountRow[]> {
    const filter = {
      runId,
      ...(state ? { state } : {}),
      ...(startingAfter ? { accountId: { $gt: startingAfter } } : {}),
    };
    return this.accounts(tenantId).find(filter, { sort: { accountId: 1 }, limit });
  }

  async changeAccounts(
    tenantId: string,
    rows: (Pick<BillRunAccountRow, 'runId' | 'accountId'> & Partial<BillRunAccountRow>)[],
  ): Promise<void> {
    await this.accounts(tenantId).bulkWrite(
      rows.map(({ runId, accountId, ...change }) =>
        updateOne({ _id: runAccountId(runId, accountId) }, { $set: change }),
      ),
    );
  }

  async finalizeAccounts(tenantId: string, runId: string, accountIds: string[]): Promise<void> {
    await this.accounts(tenantId).updateMany(
      { runId, accountId: { $in: accountIds } },
      { $set: { state: 'finalized', cause: null } },
    );
  }

  tally(tenantId: string, runId: string): Promise<AccountTally[]> {
    return this.accounts(tenantId).aggregate<AccountTally>([
      { $match: { runId } },
      {
        $group: {
          _id: '$state',
          accounts: { $sum: 1 },
          handedOverMicro: { $sum: '$handedOverMicro' },
          handedOverRecords: { $sum: '$handedOverRecords' },
          reportedMicro: { $sum: '$reported.micro' },
          reportedRecords: { $sum: '$reported.records' },
        },
      },
      { $set: { state: '$_id' } },
      { $project: { _id: 0 } },
    ]);
  }

  private runs(tenantId: string) {
    return this.db.tenant(tenantId).collection(BillRuns);
  }

  private batches(tenantId: string) {
    return this.db.tenant(tenantId).collection(BillRunBatches);
  }

  private accounts(tenantId: string) {
    return this.db.tenant(tenantId).collection(BillRunAccounts);
  }
}
