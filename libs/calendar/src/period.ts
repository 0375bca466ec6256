import { compareDates, daysBetween, localDate, type LocalDate } from './local-date';

/** Half-open: the day `to` is the first one outside. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export const period = (from: LocalDate, to: LocalDate): Period => {
  if (compareDates(localDate(from), localDate(to)) >= 0) {
    throw new RangeError(`A period must end after it begins: ${from} to ${to}`);
  }
  return { from, to };
};

export const contains = ({ from, to }: Period, date: LocalDate): boolean =>
  compareDates(from, date) <= 0 && compareDates(date, to) < 0;

export const daysIn = ({ from, to }: Period): number => daysBetween(from, to);

/** The days that both have, or undefined: an empty period does not exist. */
export const intersect = (left: Period, right: Period): Period | undefined => {
  const from = compareDates(left.from, right.from) >= 0 ? left.from : right.from;
  const to = compareDates(left.to, right.to) <= 0 ? left.to : right.to;
  return compareDates(from, to) < 0 ? { from, to } : undefined;
};
