import type { Instant } from '@tollkeeper/calendar';
import type { FactReceiver } from './facts';

/** Served by invoicing beside `InvoicingActivities`: the books hear of money, and say what is owed to a customer. */
export interface LedgerActivities extends FactReceiver<'paymentChanged' | 'refundMade' | 'paymentReversed'> {
  /** Account credit that is owed to the customer and not yet used: 0 or more, in the account's currency. */
  customerCredit(input: {
    tenantId: string;
    accountId: string;
  }): Promise<{ minor: number; currency: string }>;
  /**
   * Sets money aside that is to go back, so that nothing else uses it while it is on its way. `amountMinor` `null`: all
   * that is owed; a named amount is given whole or, as 0, not at all. The same key again is the same promise.
   */
  promiseRefund(input: {
    tenantId: string;
    accountId: string;
    key: string;
    of: 'credit' | 'deposit';
    amountMinor: number | null;
    at: Instant;
  }): Promise<{ minor: number; currency: string }>;
  /** A promised refund that will never be made: the money is at hand again. */
  releaseRefund(input: { tenantId: string; accountId: string; key: string; at: Instant }): Promise<void>;
}
