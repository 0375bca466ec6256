import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { NumberFormat } from '../domain/invoice-numbers';
import type { ThirdParty } from '../domain/third-parties';

/** What the bills of an operator say of him beyond his profile. */
export interface SellerRow extends NumberFormat {
  _id: string;
  taxRegistration: string | null;
  /** How the bill is paid, as printed. */
  paymentText: string;
  /** Before the number of a credit note. Absent: `CN-`. */
  creditNotePrefix?: string;
  /** Absent: all that is billed is the operator's own. */
  thirdParties?: ThirdParty[];
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
    thirdParties: {
      type: [
        rowSchema({
          provider: rowSchema({ name: text, phone: String }),
          offeringId: String,
          taxCode: String,
          usageType: String,
        }),
      ],
      default: undefined,
    },
  }),
  [],
);
