import type { Instant } from '@tollkeeper/calendar';
import type { PaymentFact } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A payment that the books know; `creditMinor` is what no invoice took. */
export interface AppliedPaymentRow {
  _id: string;
  paymentId: string;
  revision: number;
  accountId: string;
  /** The invoice that the payer or the charge named. */
  designatedInvoiceId: string | null;
  currency: string;
  amountMinor: number;
  creditMinor: number;
  purpose: PaymentFact['purpose'];
  gateway: string;
  receivedAt: Instant;
}

export interface AllocationRow {
  _id: string;
  paymentId: string;
  invoiceId: string;
  accountId: string;
  amountMinor: number;
  at: Instant;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };

export const AppliedPayments = defineCollection<AppliedPaymentRow>(
  'appliedPayments',
  rowSchema({
    _id: text,
    paymentId: text,
    revision: count,
    accountId: text,
    designatedInvoiceId: String,
    currency: text,
    amountMinor: long,
    creditMinor: long,
    purpose: text,
    gateway: text,
    receivedAt: text,
  }),
  [
    { keys: { paymentId: 1 }, unique: true },
    { keys: { accountId: 1 } },
    { keys: { designatedInvoiceId: 1 } },
  ],
);

export const Allocations = defineCollection<AllocationRow>(
  'allocations',
  rowSchema({ _id: text, paymentId: text, invoiceId: text, accountId: text, amountMinor: long, at: text }),
  [{ keys: { invoiceId: 1 } }, { keys: { paymentId: 1, invoiceId: 1 }, unique: true }],
);
