import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What becomes of money that a card holder confirmed although its debt had been paid. */
export type SurplusWay = 'refund' | 'credit';

export interface LateConfirmationRow {
  /** The tenant's id. */
  _id: string;
  surplus: SurplusWay;
  changedAt: Instant;
}

const text = { type: String, required: true };

export const LateConfirmationRows = defineCollection<LateConfirmationRow>(
  'lateConfirmations',
  rowSchema({ _id: text, surplus: text, changedAt: text }),
  [],
);
