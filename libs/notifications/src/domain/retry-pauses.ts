import { addDuration, type Instant } from '@tollkeeper/calendar';

/** Minutes before the next try, in business time: after the first, the second, ... */
const pauseMinutes = [1, 5, 15, 60, 240, 720, 1440] as const;

export type DeferralCause =
  /** The server was not reached, or turned us all away: no fault of the message, tried for as long as it takes. */
  | 'serverAway'
  /** The server answered 4xx for this message: given up after the table's end. */
  | 'refusedForNow';

/** When a message that has been tried `attempts` times is tried again; `null` when it is given up. */
export function nextTryAt(attempts: number, at: Instant, cause: DeferralCause): Instant | null {
  if (cause === 'refusedForNow' && attempts > pauseMinutes.length) return null;
  const step = Math.min(Math.max(attempts, 1), pauseMinutes.length) - 1;
  return addDuration(at, { minutes: pauseMinutes[step] ?? 0 });
}
