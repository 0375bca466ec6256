import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { RunBatchInput, StorageRef } from '@tollkeeper/contracts';
import { sumMicro } from '@tollkeeper/money';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunAccountRow, BillRunRow } from './bill-run.schema';
import { BillRunService } from './bill-run.service';
import { BillLimitsRepository } from './bill-limits.repository';
import { BillingService, type BillOutcome, cycleOf } from './billing.service';
import { type CarryInput, whyCarried } from './domain/carry-forward';
import { canStill } from './domain/run-transitions';
import { invoiceIdOf } from './invoice-id';
import { InvoiceRepository } from './invoice.repository';
import type { InvoiceRow } from './invoice.schema';
import { billedCustomer, newDraft } from './new-draft';
import { SnapshotService } from './snapshot.service';

const leftAlone = new Set(['skipped', 'finalized']);

@Injectable()
export class DraftService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly runService: BillRunService,
    private readonly runs: BillRunRepository,
    private readonly invoices: InvoiceRepository,
    private readonly snapshots: SnapshotService,
    private readonly billing: BillingService,
    private readonly limits: BillLimitsRepository,
  ) {}

  /** Bills a batch from its snapshot; drafts have deterministic ids, so a repeat writes the same rows. */
  async draftBatch({
    tenantId,
    runId,
    batchNo,
    at,
    totals,
  }: RunBatchInput & { totals: StorageRef }): Promise<{ drafted: number; failed: number }> {
    const run = await this.runService.requireRun(tenantId, runId);
    if (!canStill('retryFailed', run.state))
      throw refusal('runNotInState', `Run ${runId} is ${run.state}: it drafts no more.`);
    const cycle = await this.runService.requireCycle(tenantId, run.cycleId);
    const { snapshot } = await this.runService.requireBatch(tenantId, runId, batchNo);
    const rows = await this.runs.accountsOfBatch(tenantId, runId, batchNo);
    const wanted = new Set(
      rows.filter(({ state }) => !leftAlone.has(state)).map(({ accountId }) => accountId),
    );
    const accounts = (await this.snapshots.load(tenantId, snapshot)).filter(({ profile }) =>
      wanted.has(profile.accountId),
    );
    const elsewhere = await this.invoices.billedElsewhere(tenantId, runId, run.cutOffOn, [...wanted]);
    const billed = await this.billing.billAll(tenantId, cycle, run.cutOffOn, accounts, totals);
    const limits = await this.limits.find(tenantId);
    const rule = { limits, cycle: cycleOf(cycle), startsOn: cycle.startsOn, cutOffOn: run.cutOffOn };
    const outcomes = billed
      .map((outcome) => refuseSecond(outcome, elsewhere.get(outcome.profile.accountId)))
      .map((outcome) => carried(outcome, rule));
    await this.save(tenantId, run, batchNo, at, outcomes);
    return {
      drafted: outcomes.filter(({ bill }) => bill !== null).length,
      failed: outcomes.filter(({ cause, waits }) => cause !== null && !waits).length,
    };
  }

  private async save(
    tenantId: string,
    run: BillRunRow,
    batchNo: number,
    at: Instant,
    outcomes: Drafted[],
  ): Promise<void> {
    const drafts = outcomes.flatMap((outcome) => draftOf(tenantId, run, batchNo, at, outcome));
    const unbilled = outcomes
      .filter(({ bill }) => bill === null)
      .map(({ profile }) => invoiceIdOf(tenantId, run._id, profile.accountId));
    const accounts = outcomes.map((outcome) => accountChange(tenantId, run._id, outcome));
    await this.db.transaction(async () => {
      await this.invoices.putDrafts(tenantId, drafts);
      if (unbilled.length > 0)
        await this.invoices.voidDrafts(tenantId, { runId: run._id, invoiceIds: unbilled });
      await this.runs.changeAccounts(tenantId, accounts);
    });
  }
}

function refuseSecond(outcome: BillOutcome, otherRunId: string | undefined): BillOutcome {
  if (!otherRunId || !outcome.bill) return outcome;
  return { ...outcome, bill: null, cause: `Run ${otherRunId} bills this account for the same period.` };
}

interface Drafted extends BillOutcome {
  /** Carried forward to the next bill; `cause` says why. */
  waits?: true;
}

/** Nothing is written of a bill that waits: the next one begins where the last one ended. */
function carried(outcome: BillOutcome, rule: Omit<CarryInput, 'account' | 'lastBilledTo'>): Drafted {
  const { bill, profile, billedTo } = outcome;
  const cause = bill && whyCarried(bill, { ...rule, account: profile, lastBilledTo: billedTo });
  return cause ? { ...outcome, bill: null, cause, waits: true } : outcome;
}

function accountChange(
  tenantId: string,
  runId: string,
  { profile, bill, cause, totals, waits }: Drafted,
): Omit<BillRunAccountRow, '_id' | 'batchNo'> {
  const { accountId } = profile;
  return {
    runId,
    accountId,
    state: bill ? 'drafted' : waits ? 'carriedForward' : cause ? 'failed' : 'nothingToBill',
    cause,
    invoiceId: bill ? invoiceIdOf(tenantId, runId, accountId) : null,
    handedOverMicro: sumMicro(totals.map(({ amountMicro }) => amountMicro)),
    handedOverRecords: totals.reduce((sum, { records }) => sum + records, 0),
  };
}

function draftOf(
  tenantId: string,
  run: BillRunRow,
  batchNo: number,
  at: Instant,
  { profile, bill, follows }: BillOutcome,
): InvoiceRow[] {
  if (!bill) return [];
  const about = {
    _id: invoiceIdOf(tenantId, run._id, profile.accountId),
    kind: 'cycle' as const,
    sequence: 1,
    cycleId: run.cycleId,
    runId: run._id,
    batchNo,
    customer: billedCustomer(profile),
    ...(follows ? { follows } : {}),
  };
  return [newDraft(about, bill, at)];
}
