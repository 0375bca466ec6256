import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { BillRunState, RunReview } from '@tollkeeper/contracts';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AuditService } from '../audit.service';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunBatchRow, BillRunRow } from './bill-run.schema';
import { CopyRepository } from '../copies/copy.repository';
import { CycleRepository } from '../cycles/cycle.repository';
import type { CycleRow } from '../cycles/cycle.schema';
import { findAnomalies } from '../domain/find-anomalies';
import { canMove, canStill } from '../domain/run-transitions';
import { InvoiceRepository } from '../invoices/invoice.repository';

@Injectable()
export class BillRunService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly cycles: CycleRepository,
    private readonly runs: BillRunRepository,
    private readonly invoices: InvoiceRepository,
    private readonly copies: CopyRepository,
    private readonly audit: AuditService,
  ) {}

  async loadBatch(tenantId: string, runId: string, batchNo: number): Promise<{ accountIds: string[] }> {
    const { accountIds } = await this.requireBatch(tenantId, runId, batchNo);
    return { accountIds };
  }

  async move(input: {
    tenantId: string;
    runId: string;
    to: BillRunState;
    at: Instant;
    by?: string;
    reason?: string;
  }): Promise<void> {
    const { tenantId, runId, to, at } = input;
    const run = await this.requireRun(tenantId, runId);
    if (run.state === to) return;
    if (!canMove(run.state, to))
      throw refusal('runNotInState', `Run ${runId} is ${run.state} and cannot become ${to}.`);
    await this.db.transaction(async () => {
      const ended = to === 'completed' || to === 'cancelled';
      const moved = await this.runs.move(tenantId, runId, run.state, {
        state: to,
        ...(ended ? { closedAt: at } : {}),
      });
      if (!moved) throw new Error(`Run ${runId} was moved by someone else at the same time`);
      await this.audit.steered(input, {
        what: 'moveRun',
        entity: runId,
        before: { state: run.state },
        after: { state: to },
      });
    });
  }

  async review({ tenantId, runId }: { tenantId: string; runId: string }): Promise<RunReview> {
    const run = await this.requireRun(tenantId, runId);
    const { anomalyGate } = await this.requireCycle(tenantId, run.cycleId);
    const currency = (await this.copies.tenant(tenantId))?.currency ?? '';
    const accounts = new Map(
      (await this.runs.tally(tenantId, runId)).map((each) => [each.state, each.accounts]),
    );
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
      // One account's bill between two cut-offs says nothing about the cycle's.
      anomalies: run.onDemand ? [] : findAnomalies(figures, anomalyGate),
    };
    await this.runs.change(tenantId, runId, { review: { ...review, medianMinor } });
    return review;
  }

  async skip(input: {
    tenantId: string;
    runId: string;
    accountId: string;
    at: Instant;
    by?: string;
    reason?: string;
  }): Promise<{ skipped: boolean }> {
    const { tenantId, runId, accountId, reason } = input;
    const run = await this.requireRun(tenantId, runId);
    const account = await this.runs.findAccount(tenantId, runId, accountId);
    if (!account || !canStill('skipAccount', run.state) || account.state === 'finalized')
      return { skipped: false };
    if (account.state === 'skipped') return { skipped: true };
    await this.db.transaction(async () => {
      await this.runs.changeAccounts(tenantId, [
        { runId, accountId, state: 'skipped', cause: reason ?? null, invoiceId: null },
      ]);
      if (account.invoiceId) await this.invoices.voidDrafts(tenantId, { runId, accountIds: [accountId] });
      const change = { before: { state: account.state }, after: { state: 'skipped', accountId } };
      await this.audit.steered(input, { what: 'skipAccount', entity: runId, ...change });
    });
    return { skipped: true };
  }

  async voidDrafts(tenantId: string, runId: string): Promise<{ voided: number }> {
    return { voided: await this.invoices.voidDrafts(tenantId, { runId }) };
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
}
