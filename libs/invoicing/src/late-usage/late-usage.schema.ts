import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { LateUsageTerms } from '../domain/late-usage';

interface LateUsageTermsRow extends LateUsageTerms {
  _id: string;
}

export const LateUsageSettings = defineCollection<LateUsageTermsRow>(
  'lateUsageTerms',
  rowSchema({
    _id: { type: String, required: true },
    policy: { type: String, required: true },
    finalBillWaitDays: { type: Number, required: true },
  }),
  [],
);
