import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { NumberFormat } from './domain/invoice-numbers';

/** What the bills of an operator say of him beyond his profile. */
export interface SellerRow extends NumberFormat {
  _id: string;
  taxRegistration: string | null;
  /** How the bill is paid, as printed. */
  paymentText: string;
  /** Before the number of a credit note. Absent: `CN-`. */
  creditNotePrefix?: string;
}

const text = { type: String, required: true };

export const Sellers = defineCollection<SellerRow>(
  'sellers',
  rowSchema({
    _id: text,
    prefix: text,
    digits: { type: Number, required: true },
    taxRegistration: String,
    paymentText: text,
    creditNotePrefix: String,
  }),
  [],
);
