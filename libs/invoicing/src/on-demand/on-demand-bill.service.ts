import { Injectable } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, localDateOf, nextCutOffs } from '@tollkeeper/calendar';
import { billPreview, billRun, type BillRunState, type OnDemandBill } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  Processes,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { BillRunRepository } from '../runs/bill-run.repository';
import type { BillRunRow } from '../runs/bill-run.schema';
import { cycleOf } from '../runs/billing.service';
import { CopyRepository } from '../copies/copy.repository';
import { CycleRepository } from '../cycles/cycle.repository';
import type { CycleRow } from '../cycles/cycle.schema';
import { servedUntil } from '../domain/bill-purpose';
import { processOf } from '../runs/steering.service';

interface WantedBill {
  accountId: string;
  purpose: OnDemandBill['purpose'];
  reason: string;
}

const billed = new Set<BillRunState>(['delivering', 'lateUsage', 'completed', 'cancelled']);
const mostCutOffs = 2;

/** A bill of one account between two cut-offs: a run of its own, by the process of every run. */
@Injectable()
export class OnDemandBillService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly runs: BillRunRepository,
    private readonly cycles: CycleRepository,
    private readonly copies: CopyRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly processes: Processes,
    private readonly clock: BusinessClock,
  ) {}

  /** The run's row, its audit row and the start of its process in one transaction. */
  async start(principal: Principal, { accountId, purpose, reason }: WantedBill): Promise<BillRunRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const cycle = await this.billedBy(tenantId, accountId, at);
    const today = localDateOf(at, cycle.zone);
    return this.db.transaction(async () => {
      await this.refuseWhileBilled(tenantId, accountId, purpose, cycle, today);
      const run = runOf(cycle, at, today, { accountId, purpose });
      await this.runs.insert(tenantId, run);
      const after = { accountId, purpose };
      await this.audit.record(principal, { at, what: 'billOnDemand', entity: run._id, after, reason });
      await this.outbox.start(billRun, [processOf(tenantId, run)]);
      return run;
    });
  }

  /** The same bill with nothing written. */
  async preview(
    { tenantId }: Principal,
    { accountId, purpose }: Omit<WantedBill, 'reason'>,
  ): Promise<string> {
    const at = await this.clock.now(tenantId);
    const cycle = await this.billedBy(tenantId, accountId, at);
    const cutOffOn = localDateOf(at, cycle.zone);
    await this.refuseWhileBilled(tenantId, accountId, purpose, cycle, cutOffOn);
    const previewId = newId('prv');
    const cycleId = cycle._id;
    const of = { cycleId, cutOffOn, accountIds: [accountId], onDemand: purpose };
    await this.processes.start(billPreview, { tenantId, at, previewId, ...of });
    return previewId;
  }

  private async billedBy(tenantId: string, accountId: string, at: Instant): Promise<CycleRow> {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!account) throw notFound('account', accountId);
    const cycle = account.cycleId ? await this.cycles.find(tenantId, account.cycleId) : null;
    if (!cycle)
      throw conflict(
        'noCycle',
        `Account ${accountId} is in no billing cycle: it is not billed.`,
        'Bills go to the payer; put the account into a cycle or bill its payer.',
      );
    if (account.invoicingOff.some(({ from, to }) => from <= at && (to === null || to > at)))
      throw conflict('invoicingOff', `Invoicing of account ${accountId} is off.`, 'End the tag first.');
    return cycle;
  }

  /** Bills follow each other: the one before is made first. */
  private async refuseWhileBilled(
    tenantId: string,
    accountId: string,
    purpose: OnDemandBill['purpose'],
    cycle: CycleRow,
    today: LocalDate,
  ): Promise<void> {
    const other = await this.runs.onDemandUnderWay(tenantId, accountId);
    if (other)
      throw conflict(
        'billUnderWay',
        `Run ${other._id} makes a bill of this account right now.`,
        `GET /v1/invoicing/runs/${other._id} says how far it is.`,
      );
    if (purpose === 'oneOff') return;
    const cutOffOn = lastCutOff(cycle, today);
    if (!cutOffOn) return;
    const run = await this.runs.findByCutOff(tenantId, cycle._id, cutOffOn);
    const account = run && (await this.runs.findAccount(tenantId, run._id, accountId));
    const isOpen = run ? account && !billed.has(run.state) : true;
    const mayBeTried = account?.state === 'failed' && run?.state !== 'completed';
    if (isOpen || mayBeTried)
      throw conflict(
        'cutOffOpen',
        `The bill of ${cutOffOn} is not made yet.`,
        'Let its run finish (or try the account again in it), then bill on demand.',
      );
  }
}

/** The last one that has been reached, if any. */
function lastCutOff(cycle: CycleRow, today: LocalDate): LocalDate | null {
  const { from } = servedUntil(cycleOf(cycle), addDays(today, 1));
  const [first] = nextCutOffs(cycleOf(cycle), cycle.startsOn, mostCutOffs);
  return first !== undefined && first <= from ? from : null;
}

function runOf(
  cycle: CycleRow,
  at: Instant,
  today: LocalDate,
  onDemand: NonNullable<BillRunRow['onDemand']>,
): BillRunRow {
  return {
    _id: `run_${today}_${newId('odb')}`,
    cycleId: cycle._id,
    cutOffOn: today,
    periodFrom: servedUntil(cycleOf(cycle), addDays(today, 1)).from,
    state: 'collecting',
    paused: false,
    cutOffAt: at,
    collectUntil: at,
    lateUsageUntil: at,
    approval: cycle.approval,
    frozen: false,
    batches: 0,
    accounts: 0,
    review: null,
    reconciliation: null,
    openedAt: at,
    closedAt: null,
    onDemand,
  };
}
