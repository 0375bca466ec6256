import { dayMillis, millisOf } from './instant';
import { dayNumberOfDate, dayOfMonth, monthIndexOf, type LocalDate } from './local-date';
import { intersect, type Period } from './period';
import { localDateOf, startOfDay } from './zone';

/**
 * actualDays: real days. thirtyDayMonth: every month counts 30, its 31st day counts nothing and the last of February
 * the rest (30/360). second: real seconds, so that a day on which clocks change is shorter or longer.
 */
export const prorationUnits = ['actualDays', 'thirtyDayMonth', 'second'] as const;

export type ProrationUnit = (typeof prorationUnits)[number];

/** The beginning of a LocalDate; or an Instant, which counts as its day unless seconds are counted. */
export type Boundary = LocalDate;

/** Not reduced: 17/31 is what a person checks on the bill. */
export interface ProrationRatio {
  readonly numerator: number;
  readonly denominator: number;
}

const dateLength = 10;

const dateOf = (boundary: Boundary, zone: string): LocalDate =>
  boundary.length === dateLength ? boundary : localDateOf(boundary, zone);

const thirtyDayNumber = (date: LocalDate): number => monthIndexOf(date) * 30 + Math.min(dayOfMonth(date), 30);

const secondOf = (boundary: Boundary, zone: string): number => {
  if (boundary.length !== dateLength) return Math.floor(millisOf(boundary) / 1_000);
  return zone === 'UTC'
    ? dayNumberOfDate(boundary) * (dayMillis / 1_000)
    : Math.floor(millisOf(startOfDay(boundary, zone)) / 1_000);
};

const positions: Record<ProrationUnit, (boundary: Boundary, zone: string) => number> = {
  actualDays: (boundary, zone) => dayNumberOfDate(dateOf(boundary, zone)),
  thirtyDayMonth: (boundary, zone) => thirtyDayNumber(dateOf(boundary, zone)),
  second: secondOf,
};

/** How many units lie between; stretches that follow each other add up. */
export const unitsBetween = (unit: ProrationUnit, from: Boundary, to: Boundary, zone = 'UTC'): number =>
  positions[unit](to, zone) - positions[unit](from, zone);

/** Ratios of parts that tile the whole sum to 1 in any unit. A part that sticks out is a mistake of the caller. */
export const prorationRatio = (
  part: Period,
  whole: Period,
  unit: ProrationUnit = 'actualDays',
  zone = 'UTC',
): ProrationRatio => {
  const inside = intersect(part, whole);
  if (inside?.from !== part.from || inside.to !== part.to) {
    throw new RangeError(`${part.from} to ${part.to} is not a part of ${whole.from} to ${whole.to}`);
  }
  return {
    numerator: unitsBetween(unit, part.from, part.to, zone),
    denominator: unitsBetween(unit, whole.from, whole.to, zone),
  };
};
