import { Injectable } from '@nestjs/common';
import {
  addDays,
  addDuration,
  type Instant,
  localDateOf,
  periodEndingAt,
  startOfDay,
} from '@tollkeeper/calendar';
import type { OpenRunInput, OpenRunResult } from '@tollkeeper/contracts';
import { isDuplicateKey, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunBatchRow, BillRunRow } from './bill-run.schema';
import { BillRunService } from './bill-run.service';
import { cycleOf } from './billing.service';
import { CopyRepository } from '../copies/copy.repository';
import type { AccountCopyRow } from '../copies/copy.schema';
import type { CycleRow } from '../cycles/cycle.schema';
import { canStill } from '../domain/run-transitions';
import { LateUsageRepository } from '../late-usage/late-usage.repository';
import { SnapshotService } from './snapshot.service';

/** Finalising a batch is one transaction, and that is its limit. */
export const accountsPerBatch = 200;

/** Who is billed, frozen: at the cut-off, and once more for accounts that are tried again. */
@Injectable()
export class OpeningService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly runService: BillRunService,
    private readonly runs: BillRunRepository,
    private readonly copies: CopyRepository,
    private readonly snapshots: SnapshotService,
    private readonly lateUsage: LateUsageRepository,
  ) {}

  /** Freezes batch after batch; a repeat goes on behind the last one that is frozen. */
  async open(input: OpenRunInput): Promise<OpenRunResult> {
    const { tenantId, cycleId, at } = input;
    const cycle = await this.runService.requireCycle(tenantId, cycleId);
    const run = await this.findOrInsert(input, cycle);
    if (run.frozen) return openedOf(run);
    if (run.onDemand) return this.freezeAll(tenantId, run, await this.freezeOne(tenantId, run, at));
    const { finalBillWaitDays } = await this.lateUsage.find(tenantId);
    const served = { ...servedBy(cycle, run, finalBillWaitDays), at };
    let last = await this.runs.lastBatch(tenantId, run._id);
    for (;;) {
      const after = last?.accountIds.at(-1) ?? '';
      const accounts = await this.copies.accountsOfCycle(tenantId, cycleId, served, after, accountsPerBatch);
      if (accounts.length === 0) break;
      last = await this.freezeBatch(
        tenantId,
        run,
        { batchNo: (last?.batchNo ?? -1) + 1, kind: 'first', openedAt: at },
        accounts,
      );
    }
    await this.copies.markLeftOut(tenantId, cycleId, served);
    return this.freezeAll(tenantId, run, last);
  }

  /** The account that the bill is asked for. */
  private async freezeOne(tenantId: string, run: BillRunRow, at: Instant): Promise<BillRunBatchRow | null> {
    const last = await this.runs.lastBatch(tenantId, run._id);
    const accounts = await this.copies.accountsByIds(tenantId, run.onDemand ? [run.onDemand.accountId] : []);
    return last ?? this.freezeBatch(tenantId, run, { batchNo: 0, kind: 'first', openedAt: at }, accounts);
  }

  private async freezeAll(
    tenantId: string,
    run: BillRunRow,
    last: BillRunBatchRow | null,
  ): Promise<OpenRunResult> {
    const tally = await this.runs.tally(tenantId, run._id);
    const frozen = {
      frozen: true,
      batches: (last?.batchNo ?? -1) + 1,
      accounts: tally.reduce((sum, { accounts }) => sum + accounts, 0),
    };
    await this.runs.change(tenantId, run._id, frozen);
    return openedOf({ ...run, ...frozen });
  }

  /** The accounts set aside, frozen anew: what was wrong with them has been put right since. */
  async openRetryBatch({
    tenantId,
    runId,
    at,
  }: {
    tenantId: string;
    runId: string;
    at: Instant;
  }): Promise<{ batchNo: number | null }> {
    const run = await this.runService.requireRun(tenantId, runId);
    if (!canStill('retryFailed', run.state))
      throw refusal('runNotInState', `Run ${runId} is ${run.state}: nothing is retried.`);
    const last = await this.runs.lastBatch(tenantId, runId);
    if (last?.kind === 'retry' && (await this.isUntouched(tenantId, last))) return { batchNo: last.batchNo };
    const failed = await this.runs.accountsInState(tenantId, runId, 'failed', accountsPerBatch);
    const accounts = await this.copies.accountsByIds(
      tenantId,
      failed.map(({ accountId }) => accountId),
    );
    if (accounts.length === 0) return { batchNo: null };
    const batchNo = (last?.batchNo ?? -1) + 1;
    await this.freezeBatch(tenantId, run, { batchNo, kind: 'retry', openedAt: at }, accounts);
    await this.runs.change(tenantId, runId, { batches: batchNo + 1 });
    return { batchNo };
  }

  /** Opened by an earlier try of the same step and not drafted yet. */
  private async isUntouched(tenantId: string, { runId, batchNo }: BillRunBatchRow): Promise<boolean> {
    const accounts = await this.runs.accountsOfBatch(tenantId, runId, batchNo);
    return accounts.some(({ state }) => state === 'pending');
  }

  private async findOrInsert(
    { tenantId, cycleId, cutOffOn, at, onDemand }: OpenRunInput,
    cycle: CycleRow,
  ): Promise<BillRunRow> {
    // The door wrote it with its audit row.
    if (onDemand) return this.runService.requireRun(tenantId, onDemand.runId);
    const cutOffAt = startOfDay(cutOffOn, cycle.zone);
    const run: BillRunRow = {
      _id: `run_${cutOffOn}_${cycleId}`,
      cycleId,
      cutOffOn,
      periodFrom: periodEndingAt(cycleOf(cycle), cutOffOn).from,
      state: 'collecting',
      paused: false,
      cutOffAt,
      collectUntil: addDuration(cutOffAt, { hours: cycle.collectHours }),
      lateUsageUntil: addDuration(cutOffAt, { days: cycle.lateUsageDays, hours: cycle.collectHours }),
      approval: cycle.approval,
      frozen: false,
      batches: 0,
      accounts: 0,
      review: null,
      reconciliation: null,
      openedAt: at,
      closedAt: null,
    };
    try {
      await this.runs.insert(tenantId, run);
      return run;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.runs.findByCutOff(tenantId, cycleId, cutOffOn)) as BillRunRow;
    }
  }

  private async freezeBatch(
    tenantId: string,
    run: BillRunRow,
    { batchNo, kind, openedAt }: Pick<BillRunBatchRow, 'batchNo' | 'kind' | 'openedAt'>,
    accounts: AccountCopyRow[],
  ): Promise<BillRunBatchRow> {
    const frozen = await this.snapshots.freeze(tenantId, accounts, run.cutOffAt);
    const snapshot = await this.snapshots.store(tenantId, `snapshots/${run._id}/${batchNo}`, frozen);
    const accountIds = accounts.map(({ accountId }) => accountId);
    const batch: BillRunBatchRow = {
      _id: `${run._id}/${batchNo}`,
      runId: run._id,
      batchNo,
      kind,
      accountIds,
      snapshot,
      openedAt,
    };
    await this.db.transaction(async () => {
      await this.runs.insertBatch(tenantId, batch);
      if (run.onDemand?.purpose !== 'oneOff') await this.copies.clearLeftOut(tenantId, accountIds);
      if (kind === 'first') await this.runs.insertAccounts(tenantId, batch);
      else await this.runs.moveAccountsToBatch(tenantId, batch);
    });
    return batch;
  }
}

const openedOf = ({
  _id,
  batches,
  accounts,
  cutOffAt,
  collectUntil,
  lateUsageUntil,
  approval,
}: BillRunRow): OpenRunResult => ({
  runId: _id,
  batches,
  accounts,
  cutOffAt,
  collectUntil,
  lateUsageUntil,
  approval,
});

/** Who left during the period before may still have usage that came late. */
export function servedBy(
  cycle: CycleRow,
  { periodFrom, cutOffAt }: Pick<BillRunRow, 'periodFrom' | 'cutOffAt'>,
  finalBillWaitDays: number,
): { from: Instant; to: Instant; finalBefore: Instant } {
  const before = periodEndingAt(cycleOf(cycle), periodFrom).from;
  const waitsFrom = addDays(localDateOf(cutOffAt, cycle.zone), -finalBillWaitDays);
  return {
    from: startOfDay(before, cycle.zone),
    to: cutOffAt,
    finalBefore: startOfDay(waitsFrom, cycle.zone),
  };
}
