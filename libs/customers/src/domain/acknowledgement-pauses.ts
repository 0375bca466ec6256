import { addDuration, compareInstants, type Instant, minutesBetween } from '@tollkeeper/calendar';

/** Minutes after each try at which the network is asked again; the last one repeats. */
const minutesAfterTry = [1, 5, 15, 60];
/** Once a person has the case there is no hurry: hours to the next try, by the hours since the limit. */
const hoursPastLimit: readonly (readonly [since: number, pause: number])[] = [
  [18, 24],
  [6, 12],
  [0, 6],
];

export interface Asking {
  placedAt: Instant;
  /** Tries so far, this one included. */
  tries: number;
  at: Instant;
  limitHours: number;
}

export const limitOf = ({ placedAt, limitHours }: Pick<Asking, 'placedAt' | 'limitHours'>): Instant =>
  addDuration(placedAt, { hours: limitHours });

export const isOverdue = (asking: Pick<Asking, 'placedAt' | 'limitHours' | 'at'>): boolean =>
  compareInstants(asking.at, limitOf(asking)) >= 0;

/** When to send or ask again; the limit itself is always among these instants, so that its case opens on time. */
export function nextAskAt(asking: Asking): Instant {
  const { at, tries } = asking;
  const limit = limitOf(asking);
  if (isOverdue(asking)) {
    const hours = minutesBetween(limit, at) / 60;
    const pause = hoursPastLimit.find(([since]) => hours >= since)?.[1] ?? 6;
    return addDuration(at, { hours: pause });
  }
  const minutes = minutesAfterTry[Math.min(tries, minutesAfterTry.length) - 1] ?? 1;
  const next = addDuration(at, { minutes });
  return compareInstants(next, limit) < 0 ? next : limit;
}
