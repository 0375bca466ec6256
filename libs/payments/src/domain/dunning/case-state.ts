import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { CollectionFacts, DunningPolicy } from '@tollkeeper/contracts';
import type { Place } from './forbidden-days';
import type { PaymentPlan, PlanDebt } from './instalments';
import type { PromiseMade } from './promises';
import type { RetryRound } from './retry-plan';
import type { CaseStep } from './standing-bars';

export interface CaseState extends Place {
  openedAt: Instant;
  openedOn: LocalDate;
  at: Instant;
  policy: DunningPolicy;
  steps: readonly CaseStep[];
  facts: CollectionFacts;
  /** What the ladder is for: owed, not disputed, in no plan. */
  chasedMinor: number;
  chasedDueOn: LocalDate | null;
  /** How many invoices that is. */
  chasedInvoices: number;
  /** Below it nothing is chased; 0 for a case that a person opened. */
  minimumMinor: number;
  promise: PromiseMade | null;
  plan: ({ terms: PaymentPlan } & PlanDebt) | null;
  rounds: readonly RetryRound[];
  notices: readonly { key: string; deliveredAt: Instant | null; askedAt: Instant | null }[];
  /** The next invoice that is not overdue yet, and when it becomes so. */
  nextDueOn: LocalDate | null;
  nextOverdueAt: Instant | null;
}
