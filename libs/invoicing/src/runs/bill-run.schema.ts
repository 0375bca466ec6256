import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { BillRunState, RunReview, StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What rating handed over, what was billed of it, and what lies with accounts that were not billed. */
export interface Reconciliation {
  handedOverMicro: number;
  billedMicro: number;
  unbilledMicro: number;
  handedOverRecords: number;
  billedRecords: number;
  unbilledRecords: number;
  /** Late usage that by policy is on no bill. Absent: none. */
  reportedMicro?: number;
  reportedRecords?: number;
  reconciled: boolean;
}

export interface BillRunRow {
  _id: string;
  cycleId: string;
  cutOffOn: LocalDate;
  periodFrom: LocalDate;
  state: BillRunState;
  paused: boolean;
  cutOffAt: Instant;
  collectUntil: Instant;
  lateUsageUntil: Instant;
  approval: 'required' | 'automatic';
  /** Set once all accounts are frozen; until then opening goes on where it stopped. */
  frozen: boolean;
  batches: number;
  accounts: number;
  review: (RunReview & { medianMinor: number | null }) | null;
  reconciliation: Reconciliation | null;
  openedAt: Instant;
  closedAt: Instant | null;
  /** A bill that somebody asked for, of one account; `cutOffOn` is its day. Absent: the cycle's own run. */
  onDemand?: { accountId: string; purpose: 'onDemand' | 'oneOff' };
}

const text = { type: String, required: true };
const count = { type: Number, required: true };
const flag = { type: Boolean, required: true };
const long = { type: BigInt, required: true };

export const BillRuns = defineCollection<BillRunRow>(
  'billRuns',
  rowSchema({
    _id: text,
    cycleId: text,
    cutOffOn: text,
    periodFrom: text,
    state: text,
    paused: flag,
    cutOffAt: text,
    collectUntil: text,
    lateUsageUntil: text,
    approval: text,
    frozen: flag,
    batches: count,
    accounts: count,
    review: rowSchema({
      accounts: count,
      invoices: count,
      failed: count,
      skipped: count,
      totalMinor: long,
      currency: text,
      anomalies: { type: [String], required: true },
      medianMinor: BigInt,
    }),
    reconciliation: rowSchema({
      handedOverMicro: long,
      billedMicro: long,
      unbilledMicro: long,
      handedOverRecords: long,
      billedRecords: long,
      unbilledRecords: long,
      reportedMicro: BigInt,
      reportedRecords: BigInt,
      reconciled: flag,
    }),
    openedAt: text,
    closedAt: String,
    onDemand: rowSchema({ accountId: text, purpose: text }),
  }),
  [{ keys: { cycleId: 1, cutOffOn: 1, 'onDemand.accountId': 1 } }],
);

export interface BillRunBatchRow {
  _id: string;
  runId: string;
  batchNo: number;
  kind: 'first' | 'retry';
  accountIds: string[];
  /** NDJSON of `FrozenAccount`: the run bills from this and from nothing newer. */
  snapshot: StorageRef;
  openedAt: Instant;
}

export const BillRunBatches = defineCollection<BillRunBatchRow>(
  'billRunBatches',
  rowSchema({
    _id: text,
    runId: text,
    batchNo: count,
    kind: text,
    accountIds: { type: [String], required: true },
    snapshot: { type: Object, required: true },
    openedAt: text,
  }),
  [{ keys: { runId: 1, batchNo: 1 }, unique: true }],
);

/** `set aside` is `failed`: it has a cause and may be tried again. `carriedForward`: on the next bill. */
export const runAccountStates = [
  'pending',
  'drafted',
  'nothingToBill',
  'carriedForward',
  'failed',
  'skipped',
  'finalized',
] as const;
export type RunAccountState = (typeof runAccountStates)[number];

export interface BillRunAccountRow {
  _id: string;
  runId: string;
  accountId: string;
  batchNo: number;
  state: RunAccountState;
  cause: string | null;
  invoiceId: string | null;
  handedOverMicro: number;
  handedOverRecords: number;
  /** Of what was handed over: late usage that is on no bill. Absent: none. */
  reported?: { periodIds: string[]; micro: number; records: number };
}

export const BillRunAccounts = defineCollection<BillRunAccountRow>(
  'billRunAccounts',
  rowSchema({
    _id: text,
    runId: text,
    accountId: text,
    batchNo: count,
    state: text,
    cause: String,
    invoiceId: String,
    handedOverMicro: long,
    handedOverRecords: long,
    reported: rowSchema({ periodIds: { type: [String], required: true }, micro: long, records: long }),
  }),
  [{ keys: { runId: 1, state: 1, accountId: 1 } }, { keys: { runId: 1, batchNo: 1 } }],
);
