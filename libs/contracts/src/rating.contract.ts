import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { PublicationReceiver } from './catalog.contract';
import type { FactReceiver } from './facts';
import type { StorageRef } from './handover';
import type { RevenueCategory } from './offering';
import type { UsageType } from './rate-deck';
import type { ServiceActivities } from './services';

/** Where every line of a usage file ended; they add up to `received`. */
export interface UsageCounts {
  received: number;
  rated: number;
  rejected: number;
  inSuspense: number;
  duplicate: number;
  filtered: number;
  aggregatedInto: number;
}

/** One line of the handover object that `closePeriod` writes: what a subscription used in a period, unrounded. */
export interface RatedTotal {
  accountId: string;
  subscriptionId: string;
  periodId: string;
  offeringId: string;
  usageType: UsageType;
  zone: string;
  revenueCategory: RevenueCategory;
  taxCode: string;
  description: string;
  records: number;
  quantity: number;
  /** Units that allowances covered. */
  includedQuantity: number;
  /** Exact, 10^-6 of the major unit. */
  amountMicro: number;
  /** The plan's price rule; left out: the deck's price. */
  priceId?: string;
  /** What is left to bill or to give back of a period that was billed before, after it was rated again. */
  corrects?: { from: LocalDate; to: LocalDate; invoiceId?: string; reason?: string };
  /** Days that it was used in, where their period was billed before it came; a period of its own (`periodId`). */
  late?: { from: LocalDate; to: LocalDate };
}

/** What a bill-run tells of a period that it took: the invoice it is on, or that by policy it is on none. */
export type NamedPeriod = { periodId: string; invoiceId: string } | { periodId: string; reported: true };

export interface ClosePeriodInput {
  tenantId: string;
  runId: string;
  batchNo: number;
  accountIds: string[];
  /** Usage with a start before this instant and not yet billed belongs to the run. */
  cutOffAt: Instant;
  /** A dry run leaves the periods open. */
  preview: boolean;
  /** Takes what is rated so far, and the periods go on. Left out: those that end by the cut-off are closed. */
  onDemand?: true;
}

export interface ImportProgress {
  importId: string;
  done: boolean;
  counts: UsageCounts;
}

export interface RatingBulkActivities {
  /** Imports the file's next records from the stored offset; stops after `budgetMs` or at the end. */
  importUsage(input: {
    tenantId: string;
    importId: string;
    at: Instant;
    budgetMs: number;
  }): Promise<ImportProgress>;
  /** Folds the groups again where arrival order mattered, closes the periods and hands over their totals. */
  closePeriod(input: ClosePeriodInput): Promise<{ totals: StorageRef; records: number }>;
}

export interface RatingActivities
  extends
    ServiceActivities,
    FactReceiver<'tenantChanged' | 'accountChanged' | 'versionWithdrawn' | 'priceOverrideChanged'>,
    PublicationReceiver {
  failImport(input: { tenantId: string; importId: string; reason: string; at: Instant }): Promise<void>;
  /** A skipped or cancelled account's periods open again, so that the next run bills them. */
  reopenPeriods(input: {
    tenantId: string;
    runId: string;
    accountIds: string[] | null;
  }): Promise<{ periods: number }>;
  /** Names the invoice on each period of the run (`NamedPeriod`, line by line in the object). */
  nameInvoices(input: {
    tenantId: string;
    runId: string;
    batchNo: number;
    invoices: StorageRef;
    /** Left out by runs of before. */
    at?: Instant;
  }): Promise<void>;
}
