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

/** Also what an account keeps of its class. */
export const creditTermsColumns = rowSchema({
  creditClass: text,
  creditLimitMinor: BigInt,
  depositMinor: { type: BigInt, required: true },
  usageCapMinor: BigInt,
  dunningPolicyId: String,
  depositPer: String,
  depositReturnMonths: Number,
  capNotices: { type: [Number], default: undefined },
  capAction: String,
});

export const CreditClasses = defineCollection<CreditClassRow>(
  'creditClasses',
  rowSchema({
    _id: text,
    code: text,
    name: text,
    terms: { type: creditTermsColumns, required: true },
  }),
  [{ keys: { code: 1 }, unique: true }],
);
