import { Injectable } from '@nestjs/common';
import { addDuration, type Instant, periodEndingAt, startOfDay } from '@tollkeeper/calendar';
import type { BillRunState, OpenRunInput, OpenRunResult, RunReview } from '@tollkeeper/contracts';
import { isDuplicateKey, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AuditService } from './audit.service';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunBatchRow, BillRunRow } from './bill-run.schema';
import { cycleOf } from './billing.service';
import { CopyRepository } from './copy.repository';
import { CycleRepository } from './cycle.repository';
import type { CycleRow } from './cycle.schema';
import { findAnomalies } from './domain/find-anomalies';
import { canMove, canStill } from './domain/run-transitions';
import { InvoiceRepository } from './invoice.repository';
import { SnapshotService } from './snapshot.service';

/** Finalising a batch is one transaction, and that is its limit. */
export const accountsPerBatch = 200;

@Injectable()
export class BillRunService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly cycles: CycleRepository,
    private readonly runs: BillRunRepository,
    private readonly invoices: InvoiceRepository,
    private readonly copies: CopyRepository,
    private readonly snapshots: SnapshotService,
    private readonly audit: AuditService,
  ) {}

  /** Freezes batch after batch; a repeat goes on behind the last one that is frozen. */
  async open(input: OpenRunInput): Promise<OpenRunResult> {
    const { tenantId, cycleId, at } = input;
    const cycle = await this.requireCycle(tenantId, cycleId);
    const run = await this.findOrInsert(input, cycle);
    if (run.frozen) return openedOf(run);
    const served = servedBy(cycle, run);
    let last = await this.runs.lastBatch(tenantId, run._id);
    for (;;) {
      const after = last?.accountIds.at(-1) ?? '';
      const accounts = await this.copies.accountsOfCycle(tenantId, cycleId, served, after, accountsPerBatch);
      if (accounts.length === 0) break;
      last = await this.freezeBatch(tenantId, run, { batchNo: (last?.batchNo ?? -1) + 1, kind: 'first', openedAt: at }, accounts);
    }
    const tally = await this.runs.tally(tenantId, run._id);
    const frozen = {
      frozen: true,
      batches: (last?.batchNo ?? -1) + 1,
      accounts: tally.reduce((sum, { accounts }) => sum + accounts, 0),
    };
    await this.runs.change(tenantId, run._id, frozen);
    return openedOf({ ...run, ...frozen });
  }

  async loadBatch(tenantId: string, runId: string, batchNo: number): Promise<{ accountIds: string[] }> {
    const { accountIds } = await this.requireBatch(tenantId, runId, batchNo);
    return { accountIds };
  }

  async move(input: { tenantId: string; runId: string; to: BillRunState; at: Instant; by?: string; reason?: string }): Promise<void> {
    const { tenantId, runId, to, at } = input;
    const run = await this.requireRun(tenantId, runId);
    if (run.state === to) return;
    if (!canMove(run.state, to)) throw refusal('runNotInState', `Run ${runId} is ${run.state} and cannot become ${to}.`);
    await this.db.transaction(async () => {
      const ended = to === 'completed' || to === 'cancelled';
      const moved = await this.runs.move(tenantId, runId, run.state, { state: to, ...(ended ? { closedAt: at } : {}) });
      if (!moved) throw new Error(`Run ${runId} was moved by someone else at the same time`);
      await this.audit.steered(input, { what: 'moveRun', entity: runId, before: { state: run.state }, after: { state: to } });
    });
  }

  async review({ tenantId, runId }: { tenantId: string; runId: string }): Promise<RunReview> {
    const run = await this.requireRun(tenantId, runId);
    const { anomalyGate } = await this.requireCycle(tenantId, run.cycleId);
    const currency = (await this.copies.tenant(tenantId))?.currency ?? '';
    const accounts = new Map((await this.runs.tally(tenantId, runId)).map((each) => [each.state, each.accounts]));
    const failed = accounts.get('failed') ?? 0;
    const sums = await this.invoices.sumsOf(tenantId, runId, currency);
    const medianMinor = await this.invoices.medianOf(tenantId, runId, sums.invoices);
    const lastMedianMinor = (await this.runs.previousReview(tenantId, run))?.medianMinor ?? null;
    const figures = { ...sums, accounts: run.accounts, failed, medianMinor, lastMedianMinor };
    const review: RunReview = {
      accounts: run.accounts,
      invoices: sums.invoices,
      failed,
      skipped: accounts.get('skipped') ?? 0,
      totalMinor: sums.totalMinor,
      currency,
      anomalies: findAnomalies(figures, anomalyGate),
    };
    await this.runs.change(tenantId, runId, { review: { ...review, medianMinor } });
    return review;
  }

  async skip(input: { tenantId: string; runId: string; accountId: string; at: Instant; by?: string; reason?: string }): Promise<{ skipped: boolean }> {
    const { tenantId, runId, accountId, reason } = input;
    const run = await this.requireRun(tenantId, runId);
    const account = await this.runs.findAccount(tenantId, runId, accountId);
    if (!account || !canStill('skipAccount', run.state) || account.state === 'finalized') return { skipped: false };
    if (account.state === 'skipped') return { skipped: true };
    await this.db.transaction(async () => {
      await this.runs.changeAccounts(tenantId, [{ runId, accountId, state: 'skipped', cause: reason ?? null, invoiceId: null }]);
      if (account.invoiceId) await this.invoices.voidDrafts(tenantId, { runId, invoiceIds: [account.invoiceId] });
      const change = { before: { state: account.state }, after: { state: 'skipped', accountId } };
      await this.audit.steered(input, { what: 'skipAccount', entity: runId, ...change });
    });
    return { skipped: true };
  }

  async voidDrafts(tenantId: string, runId: string): Promise<{ voided: number }> {
    return { voided: await this.invoices.voidDrafts(tenantId, { runId }) };
  }

  /** The accounts set aside, frozen anew: what was wrong with them has been put right since. */
  async openRetryBatch({ tenantId, runId, at }: { tenantId: string; runId: string; at: Instant }): Promise<{ batchNo: number | null }> {
    const run = await this.requireRun(tenantId, runId);
    if (!canStill('retryFailed', run.state)) throw refusal('runNotInState', `Run ${runId} is ${run.state}: nothing is retried.`);
    const last = await this.runs.lastBatch(tenantId, runId);
    if (last?.kind === 'retry' && last.openedAt === at) return { batchNo: last.batchNo };
    const failed = await this.runs.accountsInState(tenantId, runId, 'failed', accountsPerBatch);
    const accounts = await this.copies.accountsByIds(tenantId, failed.map(({ accountId }) => accountId));
    if (accounts.length === 0) return { batchNo: null };
    const batchNo = (last?.batchNo ?? -1) + 1;
    await this.freezeBatch(tenantId, run, { batchNo, kind: 'retry', openedAt: at }, accounts);
    await this.runs.change(tenantId, runId, { batches: batchNo + 1 });
    return { batchNo };
  }

  async requireRun(tenantId: string, runId: string): Promise<BillRunRow> {
    const run = await this.runs.find(tenantId, runId);
    if (!run) throw refusal('runUnknown', `There is no run ${runId}.`);
    return run;
  }

  async requireBatch(tenantId: string, runId: string, batchNo: number): Promise<BillRunBatchRow> {
    const batch = await this.runs.findBatch(tenantId, runId, batchNo);
    if (!batch) throw refusal('runUnknown', `Run ${runId} has no batch ${batchNo}.`);
    return batch;
  }

  async requireCycle(tenantId: string, cycleId: string): Promise<CycleRow> {
    const cycle = await this.cycles.find(tenantId, cycleId);
    if (!cycle) throw refusal('cycleUnknown', `There is no cycle ${cycleId}.`);
    return cycle;
  }

  private async findOrInsert({ tenantId, cycleId, cutOffOn, at }: OpenRunInput, cycle: CycleRow): Promise<BillRunRow> {
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
    accounts: Parameters<SnapshotService['freeze']>[1],
  ): Promise<BillRunBatchRow> {
    const frozen = await this.snapshots.freeze(tenantId, accounts, run.cutOffAt);
    const snapshot = await this.snapshots.store(tenantId, `snapshots/${run._id}/${batchNo}`, frozen);
    const accountIds = accounts.map(({ accountId }) => accountId);
    const batch: BillRunBatchRow = { _id: `${run._id}/${batchNo}`, runId: run._id, batchNo, kind, accountIds, snapshot, openedAt };
    await this.db.transaction(async () => {
      await this.runs.insertBatch(tenantId, batch);
      if (kind === 'first') await this.runs.insertAccounts(tenantId, batch);
      else await this.runs.moveAccountsToBatch(tenantId, batch);
    });
    return batch;
  }
}

const openedOf = ({ _id, batches, accounts, cutOffAt, collectUntil, lateUsageUntil, approval }: BillRunRow): OpenRunResult => ({
  runId: _id,
  batches,
  accounts,
  cutOffAt,
  collectUntil,
  lateUsageUntil,
  approval,
});

/** Who left during the period before may still have usage that came late. */
export function servedBy(cycle: CycleRow, { periodFrom, cutOffAt }: Pick<BillRunRow, 'periodFrom' | 'cutOffAt'>): { from: Instant; to: Instant } {
  const before = periodEndingAt(cycleOf(cycle), periodFrom).from;
  return { from: startOfDay(before, cycle.zone), to: cutOffAt };
}
