import {
  approveRun,
  billRun as definition,
  type BillRunCursor,
  type BillRunInput,
  billRunProgress,
  type BillRunState,
  cancelRun,
  pauseRun,
  type ProcessEvent,
  rejectRun,
  resumeRun,
  retryFailedOfRun,
  skipAccountOfRun,
  type SteeringInput,
} from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { invoicing, invoicingBulk, notificationsBulk, rating, ratingBulk } from './services';
import { carryOn, show, showAgain } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

/** Bulk activities of one run at work at the same time. */
const windowSize = 8;
const statesBeforeNumbering = new Set<BillRunState>([
  'collecting',
  'drafting',
  'checking',
  'pendingApproval',
]);
const batchStates = new Set<BillRunState>(['drafting', 'finalizing', 'delivering']);

function batchesDone(run: BillRunCursor | null): number {
  if (!run || run.state === 'collecting') return 0;
  return batchStates.has(run.state) ? run.nextBatch : run.opened.batches;
}

/**
 * One billing cycle's cut-off, stage by stage over frozen batches of accounts. What people want of it arrives as
 * signals and is done between batches; its result is counts.
 */
export async function billRun(input: BillRunInput): Promise<BillRunCursor['counts']> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, cycleId, cutOffOn, onDemand } = input;
    const asked = onDemand ? { onDemand } : {};
    const cursor: BillRunCursor | null = input.cursor ?? null;
    let paused = cursor?.paused ?? false;
    let approval: ProcessEvent | null = cursor?.approval ?? null;
    let ending: ProcessEvent | null = null;
    const skips: (ProcessEvent & { accountId: string })[] = [];
    const steered: Pick<SteeringInput, 'what' | 'by' | 'reason'>[] = [];
    let retries = 0;
    let run: BillRunCursor | null = cursor;

    onSignal(pauseRun, (event) => note('pause', event, () => (paused = true)));
    onSignal(resumeRun, (event) => note('resume', event, () => (paused = false)));
    onSignal(approveRun, (event) => void (approval ??= event));
    onSignal(rejectRun, end);
    onSignal(cancelRun, end);
    onSignal(skipAccountOfRun, (event) => void skips.push(event));
    onSignal(retryFailedOfRun, (event) => note('retryFailed', event, () => retries++));
    show(billRunProgress, () => ({
      runId: run?.opened.runId ?? null,
      state: run?.state ?? 'collecting',
      paused,
      batches: run?.opened.batches ?? 0,
      batchesDone: batchesDone(run),
      counts: run?.counts ?? {},
      review: run?.review ?? null,
    }));

    const opened =
      cursor?.opened ?? (await invoicing.openRun({ tenantId, cycleId, cutOffOn, at: now(), ...asked }));
    const current = (): BillRunCursor =>
      (run ??= {
        opened,
        state: 'collecting',
        nextBatch: 0,
        counts: {},
        review: null,
        paused,
        approval,
      });
    const { runId } = opened;

    if (current().state === 'collecting') {
      while ((await until(opened.collectUntil, told)) === 'told' && !ending) await steer();
      if (ending) return abandon(ending);
      await moveTo('drafting');
    }
    if (current().state === 'drafting') {
      await overBatches(draft, true);
      if (ending) return abandon(ending);
      await moveTo('checking');
    }
    if (current().state === 'checking' || current().state === 'pendingApproval') {
      const refused = await approved();
      if (refused) return abandon(refused);
      await moveTo('finalizing', approval);
    }
    if (current().state === 'finalizing') {
      await overBatches(finalize, false);
      await moveTo('delivering');
    }
    if (current().state === 'delivering') {
      await overBatches(deliver, false);
      await moveTo('lateUsage');
    }
    while ((await until(opened.lateUsageUntil, told)) === 'told') await steer();
    const { setAside } = await invoicing.closeRun({ tenantId, runId, at: now() });
    if (setAside.length > 0) await rating.reopenPeriods({ tenantId, runId, accountIds: setAside });
    current().state = 'completed';
    return current().counts;

    /** Numbered invoices are corrected by credit notes, not by ending the run. */
    function end(event: ProcessEvent): void {
      if (run === null || statesBeforeNumbering.has(run.state)) ending ??= event;
    }

    function note(what: SteeringInput['what'], { by, reason }: ProcessEvent, act: () => void): void {
      act();
      steered.push({ what, by, reason });
    }

    /** Something was said that is dealt with between batches or at a wait. */
    function told(): boolean {
      return ending !== null || skips.length > 0 || steered.length > 0;
    }

    /** Keeps up to `windowSize` batches going; whoever pauses, skips or cancels is heard when the window is empty. */
    async function overBatches(work: (batchNo: number) => Promise<void>, canEnd: boolean): Promise<void> {
      const here = current();
      const going = new Set<Promise<void>>();
      const canary = here.state === 'drafting';
      const heard = (): boolean =>
        paused || skips.length > 0 || (canEnd && ending !== null) || historyIsLong();
      while (here.nextBatch < opened.batches || going.size > 0) {
        const room = canary && here.nextBatch === 1 && going.size > 0 ? 0 : windowSize;
        if (here.nextBatch < opened.batches && going.size < room && !heard()) {
          const batch: Promise<void> = work(here.nextBatch++).then(() => void going.delete(batch));
          going.add(batch);
        } else if (going.size > 0) {
          await Promise.race(going);
        } else if ((await steer()) && canEnd) {
          return;
        }
      }
      here.nextBatch = 0;
    }

    /** Deals with all that was said; true when the run is to end. Only called while no batch is going. */
    async function steer(): Promise<boolean> {
      for (const each of steered.splice(0)) {
        await invoicing.recordSteering({ tenantId, entity: 'billRun', id: runId, at: now(), ...each });
      }
      for (const { accountId, by, reason } of skips.splice(0)) {
        const { skipped } = await invoicing.skipAccount({
          tenantId,
          runId,
          accountId,
          at: now(),
          by,
          reason,
        });
        if (skipped) await rating.reopenPeriods({ tenantId, runId, accountIds: [accountId] });
      }
      while (retries > 0) {
        retries--;
        await retryFailed();
      }
      if (paused && !ending) await until(null, () => !paused || told());
      if (historyIsLong()) await goOn();
      return ending !== null;
    }

    /** Accounts that were set aside go through the stages that the run has already passed; the rest they share. */
    async function retryFailed(): Promise<void> {
      const { batchNo } = await invoicing.openRetryBatch({ tenantId, runId, at: now() });
      if (batchNo === null) return;
      await draft(batchNo);
      const { state } = current();
      if (statesBeforeNumbering.has(state) || state === 'finalizing')
        opened.batches = Math.max(opened.batches, batchNo + 1);
      else await finalize(batchNo);
      if (state === 'delivering') opened.batches = Math.max(opened.batches, batchNo + 1);
      else if (state === 'lateUsage') await deliver(batchNo);
    }

    async function draft(batchNo: number): Promise<void> {
      const { accountIds } = await invoicing.loadBatch({ tenantId, runId, batchNo });
      const { totals, records } = await ratingBulk.closePeriod({
        tenantId,
        runId,
        batchNo,
        accountIds: onDemand?.purpose === 'oneOff' ? [] : accountIds,
        cutOffAt: opened.cutOffAt,
        preview: false,
        ...(onDemand ? { onDemand: true as const } : {}),
      });
      const { drafted, failed } = await invoicingBulk.draftBatch({
        tenantId,
        runId,
        batchNo,
        totals,
        at: now(),
      });
      count({ accounts: accountIds.length, records, drafted, failed });
    }

    async function finalize(batchNo: number): Promise<void> {
      const { finalized, named } = await invoicingBulk.finalizeBatch({ tenantId, runId, batchNo, at: now() });
      await rating.nameInvoices({ tenantId, runId, batchNo, invoices: named, at: now() });
      count({ finalized });
    }

    async function deliver(batchNo: number): Promise<void> {
      const { rendered, messages } = await invoicingBulk.renderBatch({ tenantId, runId, batchNo, at: now() });
      const batchKey = `${runId}/${batchNo}`;
      const { sent, deferred } = await notificationsBulk.sendMessages({
        tenantId,
        batchKey,
        messages,
        at: now(),
      });
      count({ rendered, sent, deferred });
    }

    /** Null once approved, by a person or, without anomalies, by the cycle's setting; else who refused. */
    async function approved(): Promise<ProcessEvent | null> {
      for (;;) {
        const review = await invoicing.reviewRun({ tenantId, runId, at: now() });
        current().review = review;
        if (approval) return null;
        if (
          current().state === 'checking' &&
          opened.approval === 'automatic' &&
          review.anomalies.length === 0
        )
          return null;
        if (current().state === 'checking') await moveTo('pendingApproval');
        await until(null, () => approval !== null || told());
        if (await steer()) return ending;
      }
    }

    /** Before numbering only: drafts are voided, their usage is free for the next run. */
    async function abandon({ by, reason }: ProcessEvent): Promise<BillRunCursor['counts']> {
      const { voided } = await invoicing.voidDrafts({ tenantId, runId, at: now() });
      await rating.reopenPeriods({ tenantId, runId, accountIds: null });
      await invoicing.moveRun({ tenantId, runId, to: 'cancelled', at: now(), by, reason });
      count({ voided });
      current().state = 'cancelled';
      return current().counts;
    }

    async function moveTo(to: BillRunState, event?: ProcessEvent | null): Promise<void> {
      await invoicing.moveRun({ tenantId, runId, to, at: now(), by: event?.by, reason: event?.reason });
      current().state = to;
      showAgain();
    }

    async function goOn(): Promise<never> {
      return carryOn<typeof billRun>({
        tenantId,
        cycleId,
        cutOffOn,
        ...asked,
        cursor: { ...current(), paused, approval },
        ...carriedTime(),
      });
    }

    function count(more: Record<string, number>): void {
      const { counts } = current();
      for (const [name, value] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + value;
      showAgain();
    }
  });
}
