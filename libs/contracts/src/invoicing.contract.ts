import type { Cycle, Instant, LocalDate } from '@tollkeeper/calendar';
import type { PublicationReceiver } from './catalog.contract';
import type { FactReceiver } from './facts';
import type { StorageRef } from './handover';
import type { ServiceActivities } from './services';

export type BillRunState =
  | 'collecting'
  | 'drafting'
  | 'checking'
  | 'pendingApproval'
  | 'finalizing'
  | 'delivering'
  | 'lateUsage'
  | 'completed'
  | 'cancelled';

/** A billing cycle as customers needs it: accounts are put into cycles, and their profile carries the definition. */
export interface CycleFact {
  cycleId: string;
  name: string;
  cycle: Cycle;
}

/** A payment, or what became of it, as invoicing needs to know; the higher revision wins. */
export interface PaymentFact {
  paymentId: string;
  revision: number;
  accountId: string;
  /** `null`: unallocated money, goes to the oldest due invoices first, the rest is account credit. */
  invoiceId: string | null;
  amountMinor: number;
  currency: string;
  /** Clearing account: the gateway, or `bank`, `cash`, `cheque`, `voucher`; `topUp`: a renewal paid from the account's top-up balance. */
  gateway: string;
  /** `invoice` settles debt; `renewal` pays a period in advance and owes nothing; `topUp` and `deposit` are kept for the customer. */
  purpose: 'invoice' | 'renewal' | 'topUp' | 'deposit';
  /** What a renewal paid for: its revenue is recognised over these days. */
  renewal?: {
    subscriptionId: string;
    offeringId: string;
    from: Instant;
    to: Instant;
    /** `DueRenewal.from`: paid late, `from` is later. */
    dueFrom?: Instant;
  };
  /** What no invoice takes of it goes back to its payer; left out: it stays as account credit. */
  surplus?: 'refund';
  state: 'succeeded';
  receivedAt: Instant;
}

/**
 * Money of a payment that its payer or their bank took back; `paymentUndone`: it was never for this account;
 * `restored`: it came back to us, a dispute was won.
 */
export interface PaymentReversalFact {
  /** One dispute or return; money goes out once by it and comes back once. */
  reversalId: string;
  paymentId: string;
  accountId: string;
  kind: 'chargeback' | 'returnedDebit' | 'paymentUndone' | 'restored';
  amountMinor: number;
  currency: string;
  gateway: string;
  reversedAt: Instant;
  /** Of money paid in advance: what was not used by then, and is the payer's no more; the rest is a loss. Left out: none. */
  unusedMinor?: number;
  /** The period that it had paid for: it ends with the money. */
  renewal?: { subscriptionId: string; dueFrom: Instant; from: Instant; to: Instant };
}

/** Money that went back to the payer; a refund never changes. */
export interface RefundFact {
  refundId: string;
  /** Shared by all refunds of a request; names what invoicing promised for it. */
  requestKey?: string;
  accountId: string;
  /** The payment that is given back in part or whole; `null`: account credit paid out. */
  paymentId: string | null;
  /** Which liability it is taken from. */
  of: 'credit' | 'renewal' | 'topUp' | 'deposit';
  /** It had been told as made, and failed: the money is owed again, and goes by bank. Left out: no. */
  failed?: true;
  /** The renewal's period and from when on its days are given back. */
  renewal?: { subscriptionId: string; from: Instant; to: Instant; unusedFrom: Instant };
  amountMinor: number;
  currency: string;
  /** The gateway, or `bank`: a pay-out to be made by bank; `topUp`: what came from the top-up balance went back to it. */
  gateway: string;
  refundedAt: Instant;
}

/** A document issued outside a run: invoicing tells itself to print and to send it. */
export interface IssuedDocumentFact {
  document: 'creditNote' | 'invoice';
  id: string;
}

/** A bill that somebody asked for between two cut-offs: `cutOffOn` is its day. */
export interface OnDemandBill {
  runId: string;
  accountId: string;
  /** `onDemand`: all that is due by now; `oneOff`: what is charged once, and nothing else. */
  purpose: 'onDemand' | 'oneOff';
}

export interface OpenRunInput {
  tenantId: string;
  cycleId: string;
  cutOffOn: LocalDate;
  at: Instant;
  /** Left out: the cycle's own run. */
  onDemand?: OnDemandBill;
}

export interface OpenRunResult {
  runId: string;
  /** Frozen batches of at most 200 accounts. */
  batches: number;
  accounts: number;
  cutOffAt: Instant;
  collectUntil: Instant;
  lateUsageUntil: Instant;
  /** `automatic`: no anomaly, no wait. */
  approval: 'required' | 'automatic';
}

export interface RunBatchInput {
  tenantId: string;
  runId: string;
  batchNo: number;
  at: Instant;
}

export interface RunReview {
  accounts: number;
  invoices: number;
  failed: number;
  skipped: number;
  totalMinor: number;
  currency: string;
  anomalies: string[];
}

export interface PreviewInput {
  tenantId: string;
  previewId: string;
  cycleId: string;
  cutOffOn: LocalDate;
  at: Instant;
  /** Of a bill on demand, made now; `cutOffOn` is its day. Left out: of the cycle's cut-off. */
  onDemand?: OnDemandBill['purpose'];
}

/** A person paused or resumed a cycle's calendar or a run: kept on the row, with its audit row. */
export interface SteeringInput {
  tenantId: string;
  entity: 'cycle' | 'billRun';
  /** Cycle or run. */
  id: string;
  what: 'pause' | 'resume' | 'runNow' | 'retryFailed';
  at: Instant;
  by?: string;
  reason?: string;
}

export interface InvoicingBulkActivities {
  /** Builds the bills of a preview's batch from rating's dry run; writes an object, no row. */
  previewBatch(input: PreviewInput & { accountIds: string[]; totals: StorageRef }): Promise<{
    bills: StorageRef;
    totalMinor: number;
    currency: string;
    invoices: number;
    failed: number;
  }>;
  /** Builds the drafts of a frozen batch. An account that fails is set aside with its cause; the rest go on. */
  draftBatch(input: RunBatchInput & { totals: StorageRef }): Promise<{ drafted: number; failed: number }>;
  /** Numbers, invoice and posting of a batch in one transaction; the same again on a repeat. */
  finalizeBatch(input: RunBatchInput): Promise<{ finalized: number; named: StorageRef }>;
  /** Writes the PDFs and names the messages to send (NDJSON of MessageRequest). */
  renderBatch(input: RunBatchInput): Promise<{ rendered: number; messages: StorageRef }>;
}

export interface InvoicingActivities
  extends
    ServiceActivities,
    FactReceiver<
      | 'tenantChanged'
      | 'accountChanged'
      | 'versionWithdrawn'
      | 'priceOverrideChanged'
      | 'accountDiscountChanged'
      | 'documentIssued'
    >,
    PublicationReceiver {
  /** Cut-offs of a cycle after `after` in order; `zone` and anchor are the cycle's. */
  nextCutOffs(input: {
    tenantId: string;
    cycleId: string;
    after: LocalDate | null;
    at: Instant;
    count: number;
  }): Promise<{ cutOffs: { on: LocalDate; at: Instant }[]; paused: boolean }>;
  /** Freezes who is billed from what: the run's snapshot. The same cut-off again returns the same run. */
  openRun(input: OpenRunInput): Promise<OpenRunResult>;
  /** Batches of a dry run. `accountsInCycle` above the sum of the batches: a preview takes only the first ones. */
  openPreview(input: PreviewInput & { accountIds: string[] | null }): Promise<{
    batches: { batchNo: number; accountIds: string[] }[];
    accountsInCycle: number;
    currency: string;
    cutOffAt: Instant;
  }>;
  recordSteering(input: SteeringInput): Promise<void>;
  loadBatch(input: { tenantId: string; runId: string; batchNo: number }): Promise<{ accountIds: string[] }>;
  moveRun(input: {
    tenantId: string;
    runId: string;
    to: BillRunState;
    at: Instant;
    by?: string;
    reason?: string;
  }): Promise<void>;
  reviewRun(input: { tenantId: string; runId: string; at: Instant }): Promise<RunReview>;
  /** Takes an account out of the run before it is numbered; its drafts are voided. */
  skipAccount(input: {
    tenantId: string;
    runId: string;
    accountId: string;
    at: Instant;
    by?: string;
    reason?: string;
  }): Promise<{ skipped: boolean }>;
  /** Voids every draft of a run that was cancelled before it was numbered. */
  voidDrafts(input: { tenantId: string; runId: string; at: Instant }): Promise<{ voided: number }>;
  /** Accounts set aside that someone asked to try again: a new batch, or null. */
  openRetryBatch(input: {
    tenantId: string;
    runId: string;
    at: Instant;
  }): Promise<{ batchNo: number | null }>;
  /** Compares what rating handed over with what was billed and closes the run. */
  closeRun(input: { tenantId: string; runId: string; at: Instant }): Promise<{
    reconciled: boolean;
    difference: string | null;
    /** Accounts that failed to the end (the first 2,000): their usage goes to the next run. */
    setAside: string[];
  }>;
}
