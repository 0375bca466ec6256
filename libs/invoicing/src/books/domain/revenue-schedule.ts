import type { LocalDate } from '@tollkeeper/calendar';
import type { RevenueCategory } from '@tollkeeper/contracts';
import type { TaxAtUse } from './recognition';

export type DeferredIn = 'deferredRevenue' | 'contractLiability:prepaidPeriod';

/** What one charge in advance has still to earn: the liability that holds it, and over which days it becomes revenue. */
export interface NewRevenueSchedule {
  /** `<invoiceId>.<lineNo>`, `<paymentId>`: a repeat is refused. */
  _id: string;
  accountId: string;
  subscriptionId: string | null;
  invoiceId: string | null;
  lineNo: number | null;
  paymentId: string | null;
  liability: DeferredIn;
  revenueCategory: RevenueCategory;
  currency: string;
  /** All that lies in the liability, tax at use included. */
  totalMinor: number;
  taxes: TaxAtUse[];
  /** Half-open service period, in the operator's days. */
  from: LocalDate;
  to: LocalDate;
  /** Day in the books of the posting that deferred it; moved to the first open day as that posting is. */
  bookedOn: LocalDate;
}
