import type { Instant, LocalDate } from '@tollkeeper/calendar';

/** Served by invoicing beside `InvoicingActivities`. */
export interface BooksActivities {
  /** Which days are to be closed now, and when to look again. */
  nextClose(input: {
    tenantId: string;
    at: Instant;
  }): Promise<{ through: LocalDate | null; wakeAt: Instant }>;
}

export interface BooksBulkActivities {
  /** Closes all open days up to this one: no posting any more, revenue recognised, journal written. The same again does nothing. */
  closeDays(input: {
    tenantId: string;
    through: LocalDate;
    at: Instant;
  }): Promise<{ days: number; postings: number }>;
}
