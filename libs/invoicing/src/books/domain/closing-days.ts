import {
  addDays,
  addDuration,
  addMonths,
  type Instant,
  type LocalDate,
  localDateOf,
  startOfDay,
} from '@tollkeeper/calendar';

export type ClosingRhythm = 'monthly' | 'daily';

/** Hours after midnight: what happened on the last day has been told to the books by then. */
const hoursAfterMidnight = 4;

export interface NextClose {
  /** Days to close now; `null`: none. */
  through: LocalDate | null;
  /** When to look again. */
  wakeAt: Instant;
}

interface Closing {
  rhythm: ClosingRhythm;
  zone: string;
  /** Day of the first posting; before it there is nothing to close. */
  firstOn: LocalDate | null;
  /** Recognised and exported so far. */
  postedThrough: LocalDate | null;
  /** Being closed, or asked for by a person. */
  wantedThrough: LocalDate | null;
}

const closingAt = (on: LocalDate, zone: string): Instant =>
  addDuration(startOfDay(on, zone), { hours: hoursAfterMidnight });

/** The last day on which this rhythm closes that is not after the given one. */
const lastBoundary = (rhythm: ClosingRhythm, on: LocalDate): LocalDate =>
  rhythm === 'daily' ? on : `${on.slice(0, 8)}01`;

const nextBoundary = (rhythm: ClosingRhythm, boundary: LocalDate): LocalDate =>
  rhythm === 'daily' ? addDays(boundary, 1) : addMonths(boundary, 1);

const later = (left: LocalDate, right: LocalDate): LocalDate => (left > right ? left : right);

/** Monthly: on the 1st all days of the month before. Daily: each morning the day before. An outage is caught up at once. */
export function nextClose(closing: Closing, at: Instant): NextClose {
  const { rhythm, zone, firstOn, postedThrough, wantedThrough } = closing;
  const today = localDateOf(at, zone);
  const reached = closingAt(today, zone) <= at ? today : addDays(today, -1);
  const boundary = lastBoundary(rhythm, reached);
  const before = addDays(boundary, -1);
  const through = wantedThrough === null ? before : later(wantedThrough, before);
  const openFrom = postedThrough === null ? firstOn : addDays(postedThrough, 1);
  const isDue = openFrom !== null && through >= openFrom;
  const next = nextBoundary(rhythm, lastBoundary(rhythm, later(reached, openFrom ?? today)));
  return { through: isDue ? through : null, wakeAt: closingAt(next, zone) };
}
