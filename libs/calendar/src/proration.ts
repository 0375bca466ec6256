import { dayOfMonth, monthIndexOf, type LocalDate } from './local-date';
import { daysIn, intersect, type Period } from './period';

/** actual: real days. thirtyDayMonth: every month counts 30, its 31st day counts nothing (30/360). */
export const dayCounts = ['actual', 'thirtyDayMonth'] as const;

export type DayCount = (typeof dayCounts)[number];

/** Not reduced: 17/31 is what a person checks on the bill. */
export interface ProrationRatio {
  readonly numerator: number;
  readonly denominator: number;
}

const thirtyDayNumber = (date: LocalDate): number => monthIndexOf(date) * 30 + Math.min(dayOfMonth(date), 30);

const counted: Record<DayCount, (days: Period) => number> = {
  actual: daysIn,
  thirtyDayMonth: ({ from, to }) => thirtyDayNumber(to) - thirtyDayNumber(from),
};

/** Ratios of parts that tile the whole sum to 1 in either count. A part that sticks out is a mistake of the caller. */
export const prorationRatio = (
  part: Period,
  whole: Period,
  dayCount: DayCount = 'actual',
): ProrationRatio => {
  const inside = intersect(part, whole);
  if (inside?.from !== part.from || inside.to !== part.to) {
    throw new RangeError(`${part.from} to ${part.to} is not a part of ${whole.from} to ${whole.to}`);
  }
  return { numerator: counted[dayCount](part), denominator: counted[dayCount](whole) };
};
