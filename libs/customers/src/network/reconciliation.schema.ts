import { defineCollection, rowSchema } from '@tollkeeper/platform';

interface ReconciliationCounts {
  /** SIMs that the network listed. */
  listed: number;
  /** SIMs in service here. */
  ours: number;
  ghostSims: number;
  orphanSims: number;
  differing: number;
}

/** One comparison of the network's list with ours; a day has one of its own. */
export interface ReconciliationRow {
  _id: string;
  /** The local date, or `rec_...` when somebody asked for it. */
  runId: string;
  state: 'wanted' | 'running' | 'done' | 'failed';
  /** `daily`, or who asked. */
  wantedBy: string;
  wantedAt: string;
  endedAt: string | null;
  /** The last ICCID that was compared. */
  after: string | null;
  tries: number;
  counts: ReconciliationCounts;
  detail: string;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

export const Reconciliations = defineCollection<ReconciliationRow>(
  'networkReconciliations',
  rowSchema({
    _id: text,
    runId: text,
    state: text,
    wantedBy: text,
    wantedAt: text,
    endedAt: String,
    after: String,
    tries: count,
    counts: rowSchema({ listed: count, ours: count, ghostSims: count, orphanSims: count, differing: count }),
    detail: String,
  }),
  [{ keys: { state: 1, wantedAt: 1 } }, { keys: { wantedAt: -1, _id: -1 } }],
);
