import type { CreditTerms } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What the tenant lends to a kind of payer, and how it asks for it back. */
export interface CreditClassRow {
  _id: string;
  code: string;
  name: string;
  terms: CreditTerms;
}

const text = { type: String, required: true };

export const CreditClasses = defineCollection<CreditClassRow>(
  'creditClasses',
  rowSchema({
    _id: text,
    code: text,
    name: text,
    terms: {
      type: rowSchema({
        creditClass: text,
        creditLimitMinor: BigInt,
        depositMinor: { type: BigInt, required: true },
        usageCapMinor: BigInt,
        dunningPolicyId: String,
        depositPer: String,
        depositReturnMonths: Number,
        capNotices: { type: [Number], default: undefined },
        capAction: String,
      }),
      required: true,
    },
  }),
  [{ keys: { code: 1 }, unique: true }],
);
