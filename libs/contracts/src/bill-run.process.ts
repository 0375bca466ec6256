import type { LocalDate } from '@tollkeeper/calendar';
import { defineSignal } from '@temporalio/workflow';
import type { BillRunState, OnDemandBill, OpenRunResult, RunReview } from './invoicing.contract';
import { defineProcess, defineProgress, type ProcessEvent, type ProcessInput } from './process';

/** Where a run continues as new: its result is counts, never documents. */
export interface BillRunCursor {
  opened: OpenRunResult;
  state: BillRunState;
  nextBatch: number;
  counts: Record<string, number>;
  review: RunReview | null;
  paused: boolean;
  /** An approval that came before the run asked for it. */
  approval: ProcessEvent | null;
}

export interface BillRunInput extends ProcessInput {
  cycleId: string;
  cutOffOn: LocalDate;
  /** Left out: the cycle's cut-off. */
  onDemand?: OnDemandBill;
  cursor?: BillRunCursor;
}

interface BillRunProgress {
  runId: string | null;
  state: BillRunState;
  paused: boolean;
  batches: number;
  /** Of the present stage. */
  batchesDone: number;
  counts: Record<string, number>;
  review: RunReview | null;
}

export const billRun = defineProcess<BillRunInput>({
  workflow: 'billRun',
  reuse: 'once',
  rank: 'bill-run',
  id: ({ tenantId, cycleId, cutOffOn, onDemand }) =>
    `bill-run/${tenantId}/${cycleId}/${cutOffOn}${onDemand ? `/${onDemand.runId}` : ''}`,
});

export const pauseRun = defineSignal<[ProcessEvent]>('pause');
export const resumeRun = defineSignal<[ProcessEvent]>('resume');
export const approveRun = defineSignal<[ProcessEvent]>('approve');
export const rejectRun = defineSignal<[ProcessEvent]>('reject');
export const cancelRun = defineSignal<[ProcessEvent]>('cancel');
export const skipAccountOfRun = defineSignal<[ProcessEvent & { accountId: string }]>('skipAccount');
export const retryFailedOfRun = defineSignal<[ProcessEvent]>('retryFailed');
export const billRunProgress = defineProgress<BillRunProgress>('billRunProgress');
