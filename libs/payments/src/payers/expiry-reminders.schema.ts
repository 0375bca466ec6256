import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** When a tenant tells its payers that their card expires. */
export interface ExpiryReminderRow {
  /** The tenant's id. */
  _id: string;
  daysBefore: number;
  changedAt: Instant;
}

export const ExpiryReminderRows = defineCollection<ExpiryReminderRow>(
  'expiryReminders',
  rowSchema({
    _id: { type: String, required: true },
    daysBefore: { type: Number, required: true },
    changedAt: { type: String, required: true },
  }),
  [],
);
