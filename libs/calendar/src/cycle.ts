import {
  addDays,
  compareDates,
  dayInMonth,
  dayOfMonth,
  dayOfWeek,
  daysBetween,
  isLocalDate,
  localDate,
  monthIndexOf,
  type LocalDate,
} from './local-date';
import { period, type Period } from './period';
import { isZone } from './zone';

export const frequencies = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const;

export type Frequency = (typeof frequencies)[number];

/**
 * anchorDay: the day of month on which a period begins, kept as agreed (29-31 too); for weekly the ISO weekday 1-7,
 * for daily 1. anchorMonth: a month in which a quarter, year or number of months begins, 1-12, January when absent.
 * count: every so many of them, 1 when absent: two weeks, thirty days, five months.
 * originOn: a day on which a period begins, for what does not fall on the same day every year or week; the anchor of a
 * daily cycle. Absent: 1 January 2024, a Monday; months from January or the anchor month of year 0.
 * A cut-off date is the `to` of its period: the first day of the next.
 */
export interface Cycle {
  readonly frequency: Frequency;
  readonly anchorDay: number;
  readonly anchorMonth?: number;
  readonly count?: number;
  readonly originOn?: LocalDate;
  readonly zone: string;
}

const monthsPerPeriod = { monthly: 1, quarterly: 3, yearly: 12 } as const;
/** The anchor day's range: a weekday, a day of month, or nothing to choose. */
const lastAnchorDay: Record<Frequency, number> = {
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 31,
  yearly: 31,
};
/** Up to five years or so. */
const mostPerPeriod: Record<Frequency, number> = {
  daily: 366,
  weekly: 104,
  monthly: 60,
  quarterly: 20,
  yearly: 5,
};
const aMonday: LocalDate = '2024-01-01';
const mostCutOffs = 1_000;

const isWholeWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** What is wrong with a cycle, by field; `null`: nothing. */
export function cycleFault(given: Cycle): { field: keyof Cycle; fault: string } | null {
  const { frequency, anchorDay, anchorMonth = 1, count = 1, originOn, zone } = given;
  if (!frequencies.includes(frequency))
    return { field: 'frequency', fault: `Unknown frequency "${frequency}"` };
  const lastDay = lastAnchorDay[frequency];
  if (!isWholeWithin(anchorDay, 1, lastDay))
    return {
      field: 'anchorDay',
      fault: `The anchor day of a ${frequency} cycle is 1 to ${lastDay}, got ${anchorDay}`,
    };
  if (!isWholeWithin(anchorMonth, 1, 12))
    return { field: 'anchorMonth', fault: `The anchor month is 1 to 12, got ${anchorMonth}` };
  if (!isWholeWithin(count, 1, mostPerPeriod[frequency]))
    return {
      field: 'count',
      fault: `The count of a ${frequency} cycle is 1 to ${mostPerPeriod[frequency]}, got ${count}`,
    };
  if (originOn !== undefined && !isOriginOf(given, originOn))
    return {
      field: 'originOn',
      fault: `The origin "${originOn}" must be a date on which a period of this ${frequency} cycle begins`,
    };
  return isZone(zone) ? null : { field: 'zone', fault: `Unknown time zone "${zone}"` };
}

function isOriginOf({ frequency, anchorDay, anchorMonth }: Cycle, originOn: LocalDate): boolean {
  if (!isLocalDate(originOn)) return false;
  if (frequency === 'daily') return true;
  if (frequency === 'weekly') return dayOfWeek(originOn) === anchorDay;
  const month = monthIndexOf(originOn);
  return (
    dayOfMonth(originOn) === dayOfMonth(dayInMonth(month, anchorDay)) &&
    (anchorMonth === undefined || (month % 12) + 1 === anchorMonth)
  );
}

const known = new WeakSet<Cycle>();

export const cycle = (given: Cycle): Cycle => {
  if (known.has(given)) return given;
  const fault = cycleFault(given);
  if (fault) throw new RangeError(fault.fault);
  known.add(given);
  return given;
};

/** The periods of a cycle are numbered, so that each boundary comes from the anchor and none from the one before it. */
interface Boundaries {
  readonly at: (number: number) => LocalDate;
  /** The number of the last boundary on or before the date. */
  readonly upTo: (date: LocalDate) => number;
}

const dayBoundaries = (days: number, first: LocalDate): Boundaries => ({
  at: (number) => addDays(first, number * days),
  upTo: (date) => Math.floor(daysBetween(first, date) / days),
});

const monthBoundaries = (months: number, firstMonth: number, anchorDay: number): Boundaries => {
  const at = (number: number) => dayInMonth(firstMonth + number * months, anchorDay);
  const upTo = (date: LocalDate) => {
    const ofItsMonth = Math.floor((monthIndexOf(date) - firstMonth) / months);
    return compareDates(at(ofItsMonth), date) <= 0 ? ofItsMonth : ofItsMonth - 1;
  };
  return { at, upTo };
};

const boundariesOf = (given: Cycle): Boundaries => {
  const { frequency, anchorDay, anchorMonth = 1, count = 1, originOn } = cycle(given);
  if (frequency === 'daily') return dayBoundaries(count, originOn ?? aMonday);
  if (frequency === 'weekly') return dayBoundaries(count * 7, originOn ?? addDays(aMonday, anchorDay - 1));
  const firstMonth = originOn === undefined ? anchorMonth - 1 : monthIndexOf(originOn);
  return monthBoundaries(count * monthsPerPeriod[frequency], firstMonth, anchorDay);
};

/**
 * The cycle that bills on the anniversaries of a day: its day of month is kept and clamped in shorter months (a start
 * on 28 February stays the 28th), its weekday, or every so many days from it.
 */
export function anniversaryCycle(
  startOn: LocalDate,
  frequency: Frequency,
  zone: string,
  count?: number,
): Cycle {
  const several = count === undefined || count === 1 ? {} : { count };
  if (frequency === 'daily') return cycle({ frequency, anchorDay: 1, originOn: startOn, ...several, zone });
  if (frequency === 'weekly') {
    const origin = count === undefined || count === 1 ? {} : { originOn: startOn };
    return cycle({ frequency, anchorDay: dayOfWeek(startOn), ...several, ...origin, zone });
  }
  const anchorDay = dayOfMonth(startOn);
  if (frequency === 'monthly' && !several.count) return cycle({ frequency, anchorDay, zone });
  return cycle({ frequency, anchorDay, ...several, originOn: startOn, zone });
}

export const periodContaining = (given: Cycle, date: LocalDate): Period => {
  const boundaries = boundariesOf(given);
  const number = boundaries.upTo(localDate(date));
  return period(boundaries.at(number), boundaries.at(number + 1));
};

/** The next cut-off dates strictly after the date: on a cut-off day the next one is a period away. */
export const nextCutOffs = (given: Cycle, afterDate: LocalDate, count: number): LocalDate[] => {
  if (!isWholeWithin(count, 0, mostCutOffs)) {
    throw new RangeError(`Between 0 and ${mostCutOffs} cut-offs can be asked for, got ${count}`);
  }
  const boundaries = boundariesOf(given);
  const number = boundaries.upTo(localDate(afterDate));
  return Array.from({ length: count }, (_, step) => boundaries.at(number + 1 + step));
};

export const periodEndingAt = (given: Cycle, cutOffDate: LocalDate): Period => {
  const boundaries = boundariesOf(given);
  const number = boundaries.upTo(localDate(cutOffDate));
  if (boundaries.at(number) !== cutOffDate) {
    throw new RangeError(`${cutOffDate} is not a cut-off of this ${given.frequency} cycle`);
  }
  return period(boundaries.at(number - 1), cutOffDate);
};
