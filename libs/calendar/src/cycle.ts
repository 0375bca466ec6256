import {
  addDays,
  compareDates,
  dayInMonth,
  daysBetween,
  localDate,
  monthIndexOf,
  type LocalDate,
} from './local-date';
import { period, type Period } from './period';
import { isZone } from './zone';

export const frequencies = ['weekly', 'monthly', 'quarterly', 'yearly'] as const;

export type Frequency = (typeof frequencies)[number];

/**
 * anchorDay: the day of month on which a period begins, kept as agreed (29-31 too); for weekly the ISO weekday 1-7.
 * anchorMonth: a month in which a quarter or year begins, 1-12, January when absent.
 * A cut-off date is the `to` of its period: the first day of the next.
 */
export interface Cycle {
  readonly frequency: Frequency;
  readonly anchorDay: number;
  readonly anchorMonth?: number;
  readonly zone: string;
}

const monthsPerPeriod = { monthly: 1, quarterly: 3, yearly: 12 } as const;
const aMonday: LocalDate = '2024-01-01';
const mostCutOffs = 1_000;

const isWholeWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

export const cycle = (given: Cycle): Cycle => {
  const { frequency, anchorDay, anchorMonth = 1, zone } = given;
  const lastDay = frequency === 'weekly' ? 7 : 31;
  if (!frequencies.includes(frequency)) throw new RangeError(`Unknown frequency "${frequency}"`);
  if (!isWholeWithin(anchorDay, 1, lastDay)) {
    throw new RangeError(`The anchor day of a ${frequency} cycle is 1 to ${lastDay}, got ${anchorDay}`);
  }
  if (!isWholeWithin(anchorMonth, 1, 12)) {
    throw new RangeError(`The anchor month is 1 to 12, got ${anchorMonth}`);
  }
  if (!isZone(zone)) throw new RangeError(`Unknown time zone "${zone}"`);
  return given;
};

/** The periods of a cycle are numbered, so that each boundary comes from the anchor and none from the one before it. */
interface Boundaries {
  readonly at: (number: number) => LocalDate;
  /** The number of the last boundary on or before the date. */
  readonly upTo: (date: LocalDate) => number;
}

const weeklyBoundaries = (anchorDay: number): Boundaries => {
  const first = addDays(aMonday, anchorDay - 1);
  return {
    at: (number) => addDays(first, number * 7),
    upTo: (date) => Math.floor(daysBetween(first, date) / 7),
  };
};

const monthBoundaries = (months: number, anchorMonth: number, anchorDay: number): Boundaries => {
  const at = (number: number) => dayInMonth(anchorMonth - 1 + number * months, anchorDay);
  const upTo = (date: LocalDate) => {
    const ofItsMonth = Math.floor((monthIndexOf(date) - (anchorMonth - 1)) / months);
    return compareDates(at(ofItsMonth), date) <= 0 ? ofItsMonth : ofItsMonth - 1;
  };
  return { at, upTo };
};

const boundariesOf = (given: Cycle): Boundaries => {
  const { frequency, anchorDay, anchorMonth = 1 } = cycle(given);
  return frequency === 'weekly'
    ? weeklyBoundaries(anchorDay)
    : monthBoundaries(monthsPerPeriod[frequency], anchorMonth, anchorDay);
};

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
