import { civilDayOf, dayNumberOf, daysInMonth, type CivilDay } from './day-number';

/** A day in somebody's calendar, "2026-02-28", years 0001 to 9999. Sorts as text; has no zone and no time. */
export type LocalDate = string;

const [hyphen, zero] = [45, 48];

const exists = ({ year, month, day }: CivilDay): boolean =>
  year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month);

/** The number that so many digits write, from a position on; NaN where one of them is none. */
function digitsAt(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

const read = (text: string): CivilDay | undefined => {
  if (text.length !== 10 || text.charCodeAt(4) !== hyphen || text.charCodeAt(7) !== hyphen) return undefined;
  const civil = { year: digitsAt(text, 0, 4), month: digitsAt(text, 5, 2), day: digitsAt(text, 8, 2) };
  return exists(civil) ? civil : undefined;
};

const civilDay = (text: LocalDate): CivilDay => {
  const civil = read(text);
  if (civil === undefined) {
    throw new RangeError(`Not a calendar date: "${text}" (expected YYYY-MM-DD, such as "2026-02-28")`);
  }
  return civil;
};

const written = (civil: CivilDay): LocalDate => {
  if (!exists(civil)) throw new RangeError('The date lies outside the years 0001 to 9999');
  const { year, month, day } = civil;
  const years = year > 999 ? String(year) : String(year).padStart(4, '0');
  return `${years}${month < 10 ? '-0' : '-'}${month}${day < 10 ? '-0' : '-'}${day}`;
};

const wholeNumber = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, got ${value}`);
  return value;
};

export const isLocalDate = (text: string): boolean => read(text) !== undefined;

export const localDate = (text: string): LocalDate => {
  civilDay(text);
  return text;
};

/** Days from 1970 to 2099 are written once: a bill asks for the same few hundreds of times. */
const writtenDays: (LocalDate | undefined)[] = [];
const mostWrittenDays = 47_482;

export function dateOfDayNumber(dayNumber: number): LocalDate {
  if (!(dayNumber >= 0 && dayNumber < mostWrittenDays)) return written(civilDayOf(dayNumber));
  const known = writtenDays[dayNumber];
  if (known !== undefined) return known;
  const date = written(civilDayOf(dayNumber));
  writtenDays[dayNumber] = date;
  return date;
}

export const dayNumberOfDate = (date: LocalDate): number => dayNumberOf(civilDay(date));

export const addDays = (date: LocalDate, days: number): LocalDate =>
  dateOfDayNumber(dayNumberOfDate(date) + wholeNumber(days, 'Days'));

/** Months since year 0, so that a month can be counted with: 2026-02 is 2026 * 12 + 1. */
export const monthIndexOf = (date: LocalDate): number => {
  const { year, month } = civilDay(date);
  return year * 12 + month - 1;
};

export const dayOfMonth = (date: LocalDate): number => civilDay(date).day;

/** The given day of that month, or its last day when the month is shorter. */
export const dayInMonth = (monthIndex: number, day: number): LocalDate => {
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return written({ year, month, day: Math.min(day, daysInMonth(year, month)) });
};

/** 31 January plus one month is the last of February. For a series use a Cycle: clamped steps would not climb back. */
export const addMonths = (date: LocalDate, months: number): LocalDate =>
  dayInMonth(monthIndexOf(date) + wholeNumber(months, 'Months'), dayOfMonth(date));

export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  dayNumberOfDate(to) - dayNumberOfDate(from);

export const compareDates = (left: LocalDate, right: LocalDate): -1 | 0 | 1 => {
  const [first, second] = [localDate(left), localDate(right)];
  return first === second ? 0 : first < second ? -1 : 1;
};

const thursday = 4; // 1970-01-01

/** ISO: Monday is 1, Sunday is 7. */
export const dayOfWeek = (date: LocalDate): number => {
  const sinceMonday = (dayNumberOfDate(date) + thursday - 1) % 7;
  return ((sinceMonday + 7) % 7) + 1;
};
