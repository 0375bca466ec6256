import { addDays, type LocalDate } from '@tollkeeper/calendar';

/** Left out by a tenant: a month before. */
export const usualReminderDays = 30;

/**
 * A card holds to the end of its month. Payers whose card ends in a month from `from` to before `before` hear of it on
 * that day: the first on which it no longer holds is at most so many days away.
 */
export const expiringMonths = (on: LocalDate, daysBefore: number): { from: string; before: string } => ({
  from: monthOf(on),
  before: monthOf(addDays(on, daysBefore)),
});

const monthOf = (date: LocalDate): string => date.slice(0, 7);
