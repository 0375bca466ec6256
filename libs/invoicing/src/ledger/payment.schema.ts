import type { Instant } from '@tollkeeper/calendar';
import type { PaymentFact } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { SoldInAdvance } from '../domain/ledger/prepaid-sale';

/** A payment that the books know; `creditMinor` is what no invoice took. */
export interface AppliedPaymentRow extends SoldInAdvance {
  _id: string;
  paymentId: string;
  revision: number;
  accountId: string;
  /** The invoice that the payer or the charge named. */
  designatedInvoiceId: string | null;
  currency: string;
  amountMinor: number;
  creditMinor: number;
  /** Debt that had been written off. */
  recoveredMinor: number;
  /** Of a top-up: spent or given back; of a renewal: given back. */
  takenMinor: number;
  /** Taken back by the payer or their bank; left out: 0. */
  reversedMinor?: number;
  /** Of that: what no invoice could ask for again. */
  lossMinor?: number;
  /** Which reversals are in the books: `<reversalId>/out` and `/in`. */
  reversals?: string[];
  /** Why no tax was posted although the tenant's law may ask for it: the tax table has no row. */
  taxMissing: string | null;
  purpose: PaymentFact['purpose'];
  gateway: string;
  receivedAt: Instant;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };
const flag = { type: Boolean, required: true };
const taxes = [rowSchema({ jurisdiction: text, amountMinor: long })];

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
    recoveredMinor: long,
    takenMinor: long,
    reversedMinor: { type: BigInt },
    lossMinor: { type: BigInt },
    reversals: [String],
    taxedAtSale: flag,
    taxes,
    taxesBefore: taxes,
    takenFrom: [rowSchema({ paymentId: text, amountMinor: long })],
    taxMissing: String,
    purpose: text,
    gateway: text,
    receivedAt: text,
  }),
  [
    { keys: { paymentId: 1 }, unique: true },
    { keys: { accountId: 1, purpose: 1, receivedAt: 1 } },
    { keys: { designatedInvoiceId: 1 } },
    { keys: { taxMissing: 1 }, partial: { taxMissing: { $type: 'string' } } },
  ],
);
