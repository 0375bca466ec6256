import type { StorageRef } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A subscription's period that a bill-run took; it names the invoice of all its records. */
export interface BillingPeriodRow {
  _id: string;
  /** `<subscriptionId>/<first day>`; of late usage `<subscriptionId>/<first day>/late/<first day that it was used in>`. */
  periodId: string;
  accountId: string;
  subscriptionId: string;
  runId: string;
  batchNo: number;
  invoiceId: string | null;
  /** Late usage that by the operator's policy is on no bill. Left out: no. */
  reported?: boolean;
}

/** What a batch of a run was handed: a repeat is given the same object. */
export interface ClosingRow {
  _id: string;
  runId: string;
  totals: StorageRef;
  records: number;
}

export const BillingPeriods = defineCollection<BillingPeriodRow>(
  'billingPeriods',
  rowSchema({
    _id: { type: String, required: true },
    periodId: { type: String, required: true },
    accountId: { type: String, required: true },
    subscriptionId: { type: String, required: true },
    runId: { type: String, required: true },
    batchNo: { type: Number, required: true },
    invoiceId: String,
    reported: Boolean,
  }),
  [{ keys: { runId: 1, batchNo: 1 } }, { keys: { subscriptionId: 1 } }],
);

export const Closings = defineCollection<ClosingRow>(
  'closings',
  rowSchema({
    _id: { type: String, required: true },
    runId: { type: String, required: true },
    totals: { type: Object, required: true },
    records: { type: Number, required: true },
  }),
  [{ keys: { runId: 1 } }],
);
