import { addDays, dayOfWeek, type LocalDate } from '@tollkeeper/calendar';

/** Which days a payment system works on. */
export type BankCalendar = 'target' | 'federalReserve';

const saturday = 6;
const sunday = 7;

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const dateOf = (year: number, month: number, day: number): LocalDate =>
  `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;

/** Gregorian Easter by the anonymous computus (Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const skipped = Math.floor(century / 4);
  const correction = Math.floor((8 * century + 13) / 25);
  const moon = (19 * golden + century - skipped - correction + 15) % 30;
  const leap = Math.floor(inCentury / 4);
  const weekday = (32 + 2 * (century % 4) + 2 * leap - moon - (inCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * moon + 19 * weekday) / 433);
  const month = Math.floor((moon + weekday - 7 * shift + 90) / 25);
  const day = (moon + weekday - 7 * shift + 33 * month + 19) % 32;
  return dateOf(year, month, day);
}

/** TARGET closing days: ECB, long-term calendar since 2002. */
const targetHolidays = (year: number): LocalDate[] => {
  const easter = easterSunday(year);
  return [
    dateOf(year, 1, 1),
    addDays(easter, -2),
    addDays(easter, 1),
    dateOf(year, 5, 1),
    dateOf(year, 12, 25),
    dateOf(year, 12, 26),
  ];
};

/** The nth weekday of a month; n = -1 is the last. */
function weekdayOf(year: number, month: number, weekday: number, nth: number): LocalDate {
  if (nth < 0) {
    const nextMonth = month === 12 ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1);
    const last = addDays(nextMonth, -1);
    return addDays(last, -((dayOfWeek(last) - weekday + 7) % 7));
  }
  const first = dateOf(year, month, 1);
  return addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + 7 * (nth - 1));
}

/** A holiday on a Sunday is kept on the Monday; on a Saturday the banks work the Friday before (Federal Reserve). */
const observed = (date: LocalDate): LocalDate => (dayOfWeek(date) === sunday ? addDays(date, 1) : date);

const federalReserveHolidays = (year: number): LocalDate[] =>
  [
    dateOf(year, 1, 1),
    weekdayOf(year, 1, 1, 3),
    weekdayOf(year, 2, 1, 3),
    weekdayOf(year, 5, 1, -1),
    ...(year >= 2022 ? [dateOf(year, 6, 19)] : []),
    dateOf(year, 7, 4),
    weekdayOf(year, 9, 1, 1),
    weekdayOf(year, 10, 1, 2),
    dateOf(year, 11, 11),
    weekdayOf(year, 11, 4, 4),
    dateOf(year, 12, 25),
  ].map(observed);

const holidaysOf: Record<BankCalendar, (year: number) => LocalDate[]> = {
  target: targetHolidays,
  federalReserve: federalReserveHolidays,
};

export function isBankDay(calendar: BankCalendar, date: LocalDate): boolean {
  const weekday = dayOfWeek(date);
  return (
    weekday !== saturday &&
    weekday !== sunday &&
    !holidaysOf[calendar](Number(date.slice(0, 4))).includes(date)
  );
}

/** The day itself, or the next one on which banks work. */
export function onBankDay(calendar: BankCalendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isBankDay(calendar, day)) day = addDays(day, 1);
  return day;
}

/** So many bank days later, or earlier; 0 is the day itself or the next bank day. */
export function addBankDays(calendar: BankCalendar, date: LocalDate, days: number): LocalDate {
  const step = days < 0 ? -1 : 1;
  let day = days === 0 ? onBankDay(calendar, date) : date;
  for (let left = Math.abs(days); left > 0; left -= 1) {
    day = addDays(day, step);
    while (!isBankDay(calendar, day)) day = addDays(day, step);
  }
  return day;
}
