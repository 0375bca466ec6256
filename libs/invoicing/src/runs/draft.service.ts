import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { RunBatchInput, StorageRef } from '@tollkeeper/contracts';
import { sumMicro } from '@tollkeeper/money';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import { BillRunRepository } from './bill-run.repository';
import type { BillRunAccountRow, BillRunRow } from './bill-run.schema';
import { BillRunService } from './bill-run.service';
import { BillLimitsRepository } from '../limits/bill-limits.repository';
import { BillingService, type BillOutcome, cycleOf } from './billing.service';
import type { Bill } from '../domain/bill';
import type { BillPurpose } from '../domain/bill-purpose';
import { type CarryInput, whyCarried } from '../domain/carry-forward';
import { canStill } from '../domain/run-transitions';
import { invoiceIdOf } from '../invoices/invoice-id';
import { InvoiceRepository } from '../invoices/invoice.repository';
import type { InvoiceRow } from '../invoices/invoice.schema';
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
    const elsewhere = run.onDemand
      ? new Map<string, string>()
      : await this.invoices.billedElsewhere(tenantId, runId, run.cutOffOn, [...wanted]);
    const occasion = run.onDemand ? { onDemand: { runId, purpose: run.onDemand.purpose } } : {};
    const billed = await this.billing.billAll(tenantId, cycle, run.cutOffOn, accounts, totals, occasion);
    const limits = await this.limits.find(tenantId);
    const rule = { limits, cycle: cycleOf(cycle), startsOn: cycle.startsOn, cutOffOn: run.cutOffOn };
    const outcomes = billed
      .map((outcome): Drafted => refuseSecond(outcome, elsewhere.get(outcome.profile.accountId)))
      .map((outcome) => (run.onDemand ? outcome : carried(outcome, rule)));
    await this.save(tenantId, run, batchNo, at, outcomes);
    return {
      drafted: outcomes.filter(isBilled).length,
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
    const sequences = await this.sequencesAfter(tenantId, run, outcomes);
    const drafts = outcomes.flatMap((outcome) =>
      draftsOf(tenantId, { run, batchNo, at, sequences }, outcome),
    );
    const accounts = outcomes.map((outcome) => accountChange(tenantId, run._id, outcome));
    const voided = {
      runId: run._id,
      accountIds: outcomes.map(({ profile }) => profile.accountId),
      except: drafts.map(({ _id }) => _id),
    };
    await this.db.transaction(async () => {
      await this.invoices.voidDrafts(tenantId, voided);
      await this.invoices.putDrafts(tenantId, drafts);
      await this.runs.changeAccounts(tenantId, accounts);
    });
  }

  /** Bills besides the cycle's own: an account may have several of the same days. */
  private async sequencesAfter(
    tenantId: string,
    run: BillRunRow,
    outcomes: Drafted[],
  ): Promise<Map<string, number>> {
    const besides = outcomes.filter(({ lateBills }) => run.onDemand !== undefined || lateBills.length > 0);
    const accountIds = besides.map(({ profile }) => profile.accountId);
    if (accountIds.length === 0) return new Map();
    const kinds: BillPurpose[] = ['lateUsage', ...(run.onDemand ? [run.onDemand.purpose] : [])];
    return this.invoices.lastSequences(tenantId, { runId: run._id, kinds, accountIds });
  }
}

const isBilled = ({ bill, lateBills }: BillOutcome): boolean => bill !== null || lateBills.length > 0;

const nothing = { bill: null, lateBills: [], reported: [] };

function refuseSecond(outcome: BillOutcome, otherRunId: string | undefined): BillOutcome {
  if (!otherRunId || !isBilled(outcome)) return outcome;
  return { ...outcome, ...nothing, cause: `Run ${otherRunId} bills this account for the same period.` };
}

interface Drafted extends BillOutcome {
  /** Carried forward to the next bill; `cause` says why. */
  waits?: true;
}

/** Nothing is written of a bill that waits: the next one begins where the last one ended. */
function carried(outcome: BillOutcome, rule: Omit<CarryInput, 'account' | 'lastBilledTo'>): Drafted {
  const { bill, profile, billedTo } = outcome;
  const cause = bill && whyCarried(bill, { ...rule, account: profile, lastBilledTo: billedTo });
  return cause ? { ...outcome, ...nothing, cause, waits: true } : outcome;
}

function accountChange(
  tenantId: string,
  runId: string,
  outcome: Drafted,
): Omit<BillRunAccountRow, '_id' | 'batchNo'> {
  const { profile, bill, lateBills, reported, cause, totals, waits } = outcome;
  const { accountId } = profile;
  const [firstLate] = lateBills;
  const billed = isBilled(outcome);
  return {
    runId,
    accountId,
    state: billed ? 'drafted' : waits ? 'carriedForward' : cause ? 'failed' : 'nothingToBill',
    cause,
    invoiceId: bill
      ? invoiceIdOf(tenantId, runId, accountId)
      : firstLate
        ? lateBillId(tenantId, runId, firstLate)
        : null,
    handedOverMicro: sumMicro(totals.map(({ amountMicro }) => amountMicro)),
    handedOverRecords: totals.reduce((sum, { records }) => sum + records, 0),
    reported: reportOf(reported),
  };
}

const reportOf = (reported: BillOutcome['reported']): NonNullable<BillRunAccountRow['reported']> => ({
  periodIds: [...new Set(reported.map(({ periodId }) => periodId))].sort(),
  micro: sumMicro(reported.map(({ amountMicro }) => amountMicro)),
  records: reported.reduce((sum, { records }) => sum + records, 0),
});

const lateBillId = (tenantId: string, runId: string, { accountId, periodFrom }: Bill): string =>
  invoiceIdOf(tenantId, runId, `${accountId}/late/${periodFrom}`);

interface Drafting {
  run: BillRunRow;
  batchNo: number;
  at: Instant;
  /** By account, kind and end of the period. */
  sequences: ReadonlyMap<string, number>;
}

function draftsOf(
  tenantId: string,
  { run, batchNo, at, sequences }: Drafting,
  { profile, bill, lateBills, follows }: BillOutcome,
): InvoiceRow[] {
  const { _id: runId, cycleId } = run;
  const about = { cycleId, runId, batchNo, customer: billedCustomer(profile) };
  const sequence = (kind: BillPurpose, { accountId, periodTo }: Bill): number =>
    (sequences.get(`${accountId}/${kind}/${periodTo}`) ?? 0) + 1;
  const late = lateBills.map((each) =>
    newDraft(
      {
        ...about,
        _id: lateBillId(tenantId, runId, each),
        kind: 'lateUsage',
        sequence: sequence('lateUsage', each),
      },
      each,
      at,
    ),
  );
  if (!bill) return late;
  const kind: BillPurpose = run.onDemand?.purpose ?? 'cycle';
  const own = {
    ...about,
    _id: invoiceIdOf(tenantId, runId, profile.accountId),
    kind,
    sequence: sequence(kind, bill),
    ...(follows ? { follows } : {}),
  };
  return [newDraft(own, bill, at), ...late];
}
