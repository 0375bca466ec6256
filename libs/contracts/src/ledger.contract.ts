import type { FactReceiver } from './facts';

/** Served by invoicing beside `InvoicingActivities`: the books hear of money, and say what is owed to a customer. */
export interface LedgerActivities extends FactReceiver<'paymentChanged' | 'refundMade'> {
  /** Account credit that is owed to the customer and not yet used: 0 or more, in the account's currency. */
  customerCredit(input: {
    tenantId: string;
    accountId: string;
  }): Promise<{ minor: number; currency: string }>;
}
