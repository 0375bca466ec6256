import { addDays, compareDates, daysBetween, type LocalDate, type Period } from '@tollkeeper/calendar';
import { allocate } from '@tollkeeper/money';

/** Tax that is owed only as the service is used; part of the schedule's total. */
export interface TaxAtUse {
  jurisdiction: string;
  amountMinor: number;
}

/** A service that ended early, money that was taken back: holds for every day from `on` in the books. */
export interface ScheduleChange {
  on: LocalDate;
  /** First day without service; `null`: the service goes on to the end of its period. */
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

/** What the days so far have earned; the liability is lower by the sum. */
export interface Recognized {
  revenueMinor: number;
  /** In the order of the schedule's taxes. */
  taxMinor: number[];
}

const none = ({ taxes }: Schedule): Recognized => ({ revenueMinor: 0, taxMinor: taxes.map(() => 0) });

/**
 * Recognised up to and with a day, from the schedule alone. Cumulative rounding: what `k` of `n` days have earned is
 * rounded down, a day is the difference to the day before, so the days sum to the total and differ by at most one
 * minor unit. Nothing is recognised before the day on which the deferral itself stands in the books: a bill that
 * comes late brings its past days with it.
 */
export function recognizedThrough(schedule: Schedule, day: LocalDate): Recognized {
  if (compareDates(day, schedule.bookedOn) < 0) return none(schedule);
  const change = schedule.changes.filter(({ on }) => compareDates(on, day) <= 0).at(-1);
  const after = addDays(day, 1);
  if (change && compareDates(change.endsOn ?? schedule.to, after) <= 0)
    return kept(schedule, change.reversedMinor);
  const length = Math.max(1, daysBetween(schedule.from, schedule.to));
  const served = Math.min(length, Math.max(0, daysBetween(schedule.from, after)));
  const [revenueMinor = 0, ...taxMinor] = partsOf(schedule).map((minor) => earned(minor, served, length));
  return { revenueMinor, taxMinor };
}

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

const partsOf = ({ totalMinor, taxes }: Schedule): number[] => {
  const taxMinor = taxes.map(({ amountMinor }) => amountMinor);
  return [totalMinor - taxMinor.reduce((sum, minor) => sum + minor, 0), ...taxMinor];
};

/** A service that is over has earned all that was not taken back, tax and revenue in their proportion. */
function kept(schedule: Schedule, reversedMinor: number): Recognized {
  const parts = partsOf(schedule);
  const weights = parts.map((minor) => Math.abs(minor));
  const left = schedule.totalMinor - reversedMinor;
  const [revenueMinor = 0, ...taxMinor] = left === 0 ? parts.map(() => 0) : allocate(left, weights);
  return { revenueMinor, taxMinor };
}

/** Towards zero, so that a negative line mirrors a positive one. */
const earned = (minor: number, served: number, length: number): number =>
  Number((BigInt(minor) * BigInt(served)) / BigInt(length));
