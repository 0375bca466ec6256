import type { DunningPolicy } from '@tollkeeper/contracts';
import { ladderFault } from './dunning-ladder';

/** The first thing that makes a policy unfair, senseless or impossible to keep; null when there is none. */
export function policyFault(policy: Omit<DunningPolicy, 'version' | 'policyId'>): {
  field: string;
  detail: string;
} | null {
  const { forbidden, retries, stepHour } = policy;
  if (new Set(forbidden?.weekdays ?? []).size >= 7)
    return { field: 'forbidden.weekdays', detail: 'A day of the week must be left for steps.' };
  const quiet = forbidden?.quietHours;
  if (quiet && quiet.from === quiet.to)
    return { field: 'forbidden.quietHours', detail: 'They begin and end at the same time.' };
  const time = `${String(stepHour).padStart(2, '0')}:00`;
  const asleep =
    quiet && (quiet.from < quiet.to ? quiet.from <= time && time < quiet.to : time >= quiet.from);
  if (asleep && quiet.to >= '21:00')
    return { field: 'forbidden.quietHours', detail: 'No hour of the day is left for steps.' };
  if (
    retries &&
    retries.waitHours === undefined &&
    retries.daysBetween === undefined &&
    retries.maxAttempts > 1
  )
    return { field: 'retries', detail: 'Say how long to wait: daysBetween or waitHours.' };
  return ladderFault(policy.levels);
}
