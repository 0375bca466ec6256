import type { PaymentFact } from '@tollkeeper/contracts';
import { type PaymentRow } from './payment.schema';

/** A payment as invoicing hears of it. */
export const paymentFact = (payment: PaymentRow): PaymentFact => ({
  paymentId: payment._id,
  revision: payment.revision,
  accountId: payment.accountId,
  invoiceId: payment.invoiceId,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  gateway: payment.gateway,
  purpose: payment.purpose,
  ...(payment.renewal ? { renewal: payment.renewal } : {}),
  ...(payment.surplus ? { surplus: payment.surplus } : {}),
  state: 'succeeded',
  receivedAt: payment.receivedAt,
});
