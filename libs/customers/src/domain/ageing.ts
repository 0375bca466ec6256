import { addDuration, type Instant } from '@tollkeeper/calendar';

/** When a number or SIM that rests since `at` is free again; null: never. */
export const ageingEndsAt = (at: Instant, days: number | null): Instant | null =>
  days === null ? null : addDuration(at, { days });
