import type { BillRunState } from '@tollkeeper/contracts';

/** The one table of a run's life. Once numbering has begun a run can only go on. */
export const runTransitions: Record<BillRunState, readonly BillRunState[]> = {
  collecting: ['drafting', 'cancelled'],
  drafting: ['checking', 'cancelled'],
  checking: ['pendingApproval', 'finalizing', 'cancelled'],
  pendingApproval: ['finalizing', 'cancelled'],
  finalizing: ['delivering'],
  delivering: ['lateUsage'],
  lateUsage: ['completed'],
  completed: [],
  cancelled: [],
};

export type RunAction = 'approve' | 'reject' | 'cancel' | 'skipAccount' | 'pause' | 'resume' | 'retryFailed';

const beforeNumbering: readonly BillRunState[] = ['collecting', 'drafting', 'checking', 'pendingApproval'];
const live: readonly BillRunState[] = [...beforeNumbering, 'finalizing', 'delivering', 'lateUsage'];

/** What a person may ask of a run, and when. */
const runActions: Record<RunAction, readonly BillRunState[]> = {
  approve: ['pendingApproval'],
  reject: ['checking', 'pendingApproval'],
  cancel: beforeNumbering,
  skipAccount: beforeNumbering,
  pause: live,
  resume: live,
  retryFailed: live,
};

export const canMove = (from: BillRunState, to: BillRunState): boolean => runTransitions[from].includes(to);
export const canStill = (action: RunAction, state: BillRunState): boolean =>
  runActions[action].includes(state);
/** Invoices get numbers from here on. */
export const mayNumber = (state: BillRunState): boolean =>
  live.includes(state) && !beforeNumbering.includes(state);
/** Who approves again, perhaps because the first answer got lost, has what was asked for. */
export const isAlreadyDone = (action: RunAction, state: BillRunState): boolean =>
  action === 'approve' && (mayNumber(state) || state === 'completed');
