import { addDays, daysBetween, type LocalDate, type Period } from '@tollkeeper/calendar';
import { allocate } from '@tollkeeper/money';

/** Tax that is owed only as the service is used; part of the schedule's total. */
export interface TaxAtUse {
  jurisdiction: string;
  amountMinor: number;
}

/** A service that ended early, money that was taken back: holds for every day from `on` in the books. */
export interface ScheduleChange {
  on: LocalDate;
  /** First day without service; `null`: it goes on to the end of its period, and its days earn what is left. */
  endsOn: LocalDate | null;
  /** All that was taken back so far (credit note, refund); what is left of the total stays earned. */
  reversedMinor: number;
}

export interface Schedule extends Period {
  totalMinor: number;
  taxes: readonly TaxAtUse[];
  /** The day in the books of the posting that deferred it. */
  bookedOn: LocalDate;
  changes: readonly ScheduleChange[];
}

/** Revenue first, then tax in the order of the schedule's taxes; the liability is lower by the sum. */
export type Parts = readonly number[];

/** Days are counted from a fixed one: a day's parts are asked for millions of times when a month is closed. */
export const dayNumber = (date: LocalDate): number => daysBetween('2000-01-01', date);

/**
 * Recognised up to and with a day, from the schedule alone. Cumulative rounding: what `k` of `n` days have earned is
 * rounded towards zero and a day is the difference to the day before, so the days sum to the total and differ by at
 * most one minor unit. Nothing is recognised before the day on which the deferral itself stands in the books: a bill
 * that comes late brings its past days with it.
 */
export function recognitionCurve(schedule: Schedule): (day: number) => Parts {
  const { from, to, bookedOn, totalMinor, taxes } = schedule;
  const taxMinor = taxes.map(({ amountMinor }) => amountMinor);
  const parts = [totalMinor - sumOf(taxMinor), ...taxMinor];
  const nothing = parts.map(() => 0);
  const [first, booked] = [dayNumber(from), dayNumber(bookedOn)];
  const length = Math.max(1, dayNumber(to) - first);
  let byDays: Parts = parts;
  const changes = schedule.changes.map(({ on, endsOn, reversedMinor }) => {
    const kept = shared(totalMinor - reversedMinor, parts);
    if (endsOn === null) byDays = kept;
    return { on: dayNumber(on), end: dayNumber(endsOn ?? to), kept, byDays };
  });
  return (day) => {
    if (day < booked) return nothing;
    const change = changes.findLast(({ on }) => on <= day);
    if (change && change.end <= day + 1) return change.kept;
    const served = Math.min(length, Math.max(0, day + 1 - first));
    return (change?.byDays ?? parts).map((minor) => partServed(minor, served, length));
  };
}

export const recognizedThrough = (schedule: Schedule, day: LocalDate): Parts =>
  recognitionCurve(schedule)(dayNumber(day));

/** Nothing of the schedule is recognised after this day, unless it changes. */
export function lastDayOf({
  from,
  to,
  bookedOn,
  changes,
}: Omit<Schedule, 'totalMinor' | 'taxes'>): LocalDate {
  const change = changes.at(-1);
  const end = change?.endsOn ?? to;
  const days = [addDays(end > from ? end : addDays(from, 1), -1), bookedOn, change?.on ?? bookedOn];
  return days.sort().at(-1) as LocalDate;
}

export const sumOf = (parts: Parts): number => parts.reduce((sum, minor) => sum + minor, 0);

/** Exact, towards zero; plain integers where they are safe, because a closing asks millions of times. */
function partServed(minor: number, served: number, length: number): number {
  const product = minor * served;
  if (!Number.isSafeInteger(product)) return Number((BigInt(minor) * BigInt(served)) / BigInt(length));
  return (product - (product % length)) / length || 0;
}

/** A service that is over has earned all that was not taken back, revenue and tax in their proportion. */
const shared = (minor: number, parts: Parts): Parts => {
  const weights = parts.map(Math.abs);
  return minor === 0 ? parts.map(() => 0) : allocate(minor, weights);
};
