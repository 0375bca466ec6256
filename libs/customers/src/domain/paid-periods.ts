import { addDuration, type Instant } from '@tollkeeper/calendar';
import type { PaidPeriod } from '@tollkeeper/contracts';

/** A paid period's days are 24 hours each: it ends at the hour at which it was paid for. */
export const paidPeriodFrom = (from: Instant, days: number): PaidPeriod => ({
  from,
  to: addDuration(from, { days }),
});

export const chargeDueAt = (paidUntil: Instant, leadHours: number): Instant =>
  addDuration(paidUntil, { hours: -leadHours });
