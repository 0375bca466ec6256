import {
  addDays,
  addDuration,
  atLocalTime,
  compareInstants,
  type Instant,
  localDateOf,
} from '@tollkeeper/calendar';
import type { RetryRules } from '@tollkeeper/contracts';
import { stepTime } from './forbidden-days';

/** All charges of one moment: one request for the whole overdue balance, invoice by invoice. */
export interface RetryRound {
  at: Instant;
  /** Made by the case, not by auto-pay before it. */
  ofCase: boolean;
  state: string;
  declineCode: string | null;
  category: string | null;
  /** The card's issuer asked to wait until then; left out: it did not. */
  notBefore?: Instant;
}

interface RetryState {
  openedAt: Instant;
  rounds: readonly RetryRound[];
  stepHour: number;
  zone: string;
}

/** When the next charge is due, and why; null when there is none. */
export function nextRetry(rules: RetryRules, state: RetryState): { at: Instant; why: string } | null {
  const { rounds, openedAt } = state;
  const made = rounds.filter(({ ofCase }) => ofCase).length;
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (made >= rules.maxAttempts) return null;
  if (made === 0 && rules.start === 'opening') return { at: openedAt, why: 'the first attempt of the case' };
  if (!first || !last || last.state !== 'declined') return null;
  if (last.category === 'hard' || last.category === 'fraud') return null;
  const planned = dueAfter(rules, state, first, last);
  if (!planned) return null;
  const { notBefore } = last;
  const found =
    notBefore !== undefined && compareInstants(notBefore, planned.at) > 0
      ? { at: notBefore, why: `${planned.why}, as the card’s issuer asks to wait` }
      : planned;
  const latest = rules.withinDays === undefined ? null : addDuration(first.at, { days: rules.withinDays });
  return latest !== null && compareInstants(found.at, latest) > 0 ? null : found;
}

function dueAfter(
  { daysBetween, waitHours, countedFrom }: RetryRules,
  { rounds, stepHour, zone }: RetryState,
  first: RetryRound,
  last: RetryRound,
): { at: Instant; why: string } | null {
  const declines = rounds.filter(({ state }) => state === 'declined').length;
  const code = last.declineCode ?? 'other';
  const from = countedFrom === 'firstDecline' ? first.at : last.at;
  let [at, why]: [Instant | null, string] = [null, ''];
  if (waitHours) {
    const hours = (waitHours[code] ?? waitHours['other'])?.[declines - 1];
    if (hours === undefined) return null;
    at = addDuration(from, { hours });
    why = `${hours} h after ${code}`;
  }
  if (daysBetween !== undefined) {
    const after = stepHourAfter(addDuration(last.at, { days: daysBetween }), stepHour, zone);
    if (at === null || after > at)
      [at, why] = [after, `more than ${daysBetween} days after the last attempt`];
  }
  return at === null ? null : { at, why };
}

/** The first step hour later than an instant: exactly so many days are not yet more. */
function stepHourAfter(at: Instant, stepHour: number, zone: string): Instant {
  const on = localDateOf(at, zone);
  const today = atLocalTime(on, stepTime(stepHour, undefined), zone);
  return today > at ? today : atLocalTime(addDays(on, 1), stepTime(stepHour, undefined), zone);
}
