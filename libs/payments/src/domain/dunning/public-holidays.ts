import { addDays, dayOfWeek, type LocalDate } from '@tollkeeper/calendar';
import { easterSunday } from '../debits/bank-days';

type Rule =
  /** Month and day. */
  | { on: readonly [number, number] }
  /** Days after Easter Sunday. */
  | { easter: number }
  /** The nth (-1: the last) of a weekday (ISO) in a month. */
  | { nth: readonly [number, number, number] }
  /** One date only. */
  | { once: LocalDate };

/** `since` and `until`: the first and the last year in which the law has it. */
type Holiday = Rule & { since?: number; until?: number; movesOffWeekend?: 'monday' | 'nearest' };

const christian: Holiday[] = [{ easter: 1 }, { easter: 39 }, { easter: 50 }];
const twoDays: Holiday[] = [{ on: [12, 25] }, { on: [12, 26] }];
const newYear: Holiday = { on: [1, 1] };
const mayDay: Holiday = { on: [5, 1] };

/**
 * Holidays of a whole country, by its law; what only a region keeps is a policy's own `dates`. Sources: DE: Einigungs-
 * vertrag Art. 2 and the states' holiday acts; AT: Arbeitsruhegesetz 1983 § 7; FR: Code du travail L3133-1; IT: L.
 * 260/1949; ES: Estatuto de los Trabajadores 37.2; NL: Algemene termijnenwet; IE: Organisation of Working Time Act;
 * GB: Banking and Financial Dealings Act 1971 (England and Wales); US: 5 U.S.C. 6103.
 */
const holidays: Record<string, readonly Holiday[]> = {
  DE: [
    newYear,
    { easter: -2 },
    ...christian,
    mayDay,
    { on: [10, 3], since: 1990 },
    ...twoDays,
    { once: '2017-10-31' },
  ],
  AT: [
    newYear,
    { on: [1, 6] },
    ...christian,
    mayDay,
    { easter: 60 },
    { on: [8, 15] },
    { on: [10, 26] },
    { on: [11, 1] },
    { on: [12, 8] },
    ...twoDays,
  ],
  FR: [
    newYear,
    ...christian,
    mayDay,
    { on: [5, 8] },
    { on: [7, 14] },
    { on: [8, 15] },
    { on: [11, 1] },
    { on: [11, 11] },
    { on: [12, 25] },
  ],
  IT: [
    newYear,
    { on: [1, 6] },
    { easter: 1 },
    { on: [4, 25] },
    mayDay,
    { on: [6, 2] },
    { on: [8, 15] },
    { on: [10, 4], since: 2026 },
    { on: [11, 1] },
    { on: [12, 8] },
    ...twoDays,
  ],
  ES: [
    newYear,
    { on: [1, 6] },
    { easter: -2 },
    mayDay,
    { on: [8, 15] },
    { on: [10, 12] },
    { on: [11, 1] },
    { on: [12, 6] },
    { on: [12, 8] },
    { on: [12, 25] },
  ],
  NL: [newYear, ...christian, { on: [4, 27], since: 2014 }, ...twoDays],
  IE: [
    newYear,
    { nth: [2, 1, 1], since: 2023 },
    { on: [3, 17] },
    { easter: 1 },
    { nth: [5, 1, 1] },
    { nth: [6, 1, 1] },
    { nth: [8, 1, 1] },
    { nth: [10, 1, -1] },
    ...twoDays,
  ],
  GB: [
    { on: [1, 1], movesOffWeekend: 'monday' },
    { easter: -2 },
    { easter: 1 },
    { nth: [5, 1, 1] },
    { nth: [5, 1, -1] },
    { nth: [8, 1, -1] },
    { on: [12, 25], movesOffWeekend: 'monday' },
    { on: [12, 26], movesOffWeekend: 'monday' },
    { once: '2022-09-19' },
    { once: '2023-05-08' },
  ],
  US: [
    { on: [1, 1], movesOffWeekend: 'nearest' },
    { nth: [1, 1, 3], since: 1986 },
    { nth: [2, 1, 3] },
    { nth: [5, 1, -1] },
    { on: [6, 19], since: 2021, movesOffWeekend: 'nearest' },
    { on: [7, 4], movesOffWeekend: 'nearest' },
    { nth: [9, 1, 1] },
    { nth: [10, 1, 2] },
    { on: [11, 11], movesOffWeekend: 'nearest' },
    { nth: [11, 4, 4] },
    { on: [12, 25], movesOffWeekend: 'nearest' },
  ],
};

/** Countries whose calendar is known here. */
export const holidayCountries: readonly string[] = Object.keys(holidays);

const cache = new Map<string, ReadonlySet<LocalDate>>();

/** Also false for a country without a calendar here: its days are a policy's own `dates`. */
export function isPublicHoliday(country: string, date: LocalDate): boolean {
  const year = Number(date.slice(0, 4));
  const key = `${country}${year}`;
  const known = cache.get(key) ?? new Set((holidays[country] ?? []).flatMap((each) => daysOf(each, year)));
  cache.set(key, known);
  return known.has(date);
}

function daysOf(holiday: Holiday, year: number): LocalDate[] {
  const { since = 0, until = 9999 } = holiday;
  if (year < since || year > until) return [];
  if ('once' in holiday) return Number(holiday.once.slice(0, 4)) === year ? [holiday.once] : [];
  if ('easter' in holiday) return [addDays(easterSunday(year), holiday.easter)];
  if ('nth' in holiday) return [nthWeekday(year, holiday.nth)];
  const [month, day] = holiday.on;
  return [day0(year, month, day), ...substituteOf(day0(year, month, day), holiday.movesOffWeekend)];
}

/** GB: Christmas on a Saturday moves to Monday, on a Sunday to Tuesday, for Boxing Day stands on the Monday. */
function substituteOf(date: LocalDate, moves: Holiday['movesOffWeekend']): LocalDate[] {
  const weekday = dayOfWeek(date);
  if (!moves || weekday < 6) return [];
  if (moves === 'nearest') return [addDays(date, weekday === 6 ? -1 : 1)];
  const isChristmas = date.endsWith('-12-25') || date.endsWith('-12-26');
  return [addDays(date, weekday === 6 || isChristmas ? 2 : 1)];
}

const two = (value: number): string => String(value).padStart(2, '0');
const day0 = (year: number, month: number, day: number): LocalDate =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

function nthWeekday(year: number, [month, weekday, nth]: readonly [number, number, number]): LocalDate {
  if (nth < 0) {
    const last = addDays(month === 12 ? day0(year + 1, 1, 1) : day0(year, month + 1, 1), -1);
    return addDays(last, -((dayOfWeek(last) - weekday + 7) % 7));
  }
  const first = day0(year, month, 1);
  return addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + 7 * (nth - 1));
}
