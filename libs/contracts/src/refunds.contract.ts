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
  }): Promise<{ requestKey: string }>;
  /** Until when an earlier refund of the account's credit may not be in the books yet; `null`: ask for the credit now. */
  creditRefundWait(input: {
    tenantId: string;
    accountId: string;
    requestKey: string;
    at: Instant;
  }): Promise<{ waitUntil: Instant | null }>;
  /** Makes the credit into refunds of the payments that it came from, and a pay-out by bank for the rest. */
  openCreditRefund(input: {
    tenantId: string;
    accountId: string;
    requestKey: string;
    amountMinor: number;
    currency: string;
    at: Instant;
  }): Promise<void>;
  /** As above, of what invoicing has promised; less than what is wanted is recorded as refused. */
  openPromisedRefund(input: {
    tenantId: string;
    accountId: string;
    requestKey: string;
    of: 'credit' | 'deposit';
    wantedMinor: number;
    promisedMinor: number;
    currency: string;
    reason: string | null;
    at: Instant;
  }): Promise<void>;
}

export interface RefundsBulkActivities {
  /** Sends what is not decided yet, and asks about what may have been paid. `open` 0: all of the request is decided. */
  sendRefunds(input: {
    tenantId: string;
    requestKey: string;
    at: Instant;
  }): Promise<{ open: number; nextAt: Instant | null }>;
}
