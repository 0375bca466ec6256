import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Who debits: what a payer reads in the announcement and on the statement of their bank. */
export interface DebitSettingsRow {
  /** The tenant's id. */
  _id: string;
  sepaCreditorId: string | null;
  achCompanyId: string | null;
  changedAt: Instant;
}

export const DebitSettingsRows = defineCollection<DebitSettingsRow>(
  'debitSettings',
  rowSchema({
    _id: { type: String, required: true },
    sepaCreditorId: String,
    achCompanyId: String,
    changedAt: { type: String, required: true },
  }),
  [],
);
