import type { LocalDate } from '@tollkeeper/calendar';
import { type InstalmentPlan, sumLeft } from './instalment-plan';

/** What the devices were worth when they were sold, and what of them is to be paid from a day on; none that was returned. */
export function deviceWorth(
  plans: readonly InstalmentPlan[],
  on: LocalDate,
): { valueMinor: number; owedMinor: number } {
  const held = plans.filter(({ credits }) => !credits.some(({ kind }) => kind === 'return'));
  const open = held.flatMap(({ instalments }) => instalments.filter(({ dueOn }) => dueOn >= on));
  return { valueMinor: held.reduce((sum, { valueMinor }) => sum + valueMinor, 0), owedMinor: sumLeft(open) };
}
