import type { Instant } from '@tollkeeper/calendar';

/** Money back to the payer, by the way it came; what cannot go back that way is recorded as a pay-out to make by bank. */
export interface RefundsActivities {
  /**
   * Pays an account's whole credit out. Returns at once: a `refund` process asks invoicing for the credit, sends it
   * and tells `refundMade`. The same key again is the same refund.
   */
  refundCredit(input: {
    tenantId: string;
    accountId: string;
    key: string;
    at: Instant;
  }): Promise<{ refundId: string }>;
}
