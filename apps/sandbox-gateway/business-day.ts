const DAY_MS = 86_400_000;
const FRIDAY = 5;
const SATURDAY = 6;

/** The time of day of an instant on another day, in UTC; never before the instant. */
export function timeOn(date: string, at: Date): Date {
  const then = new Date(`${date}${at.toISOString().slice(10)}`);
  return then > at ? then : nextBusinessDay(at);
}

export function businessDaysAfter(at: Date, days: number): Date {
  let day = at;
  for (let left = days; left > 0; left -= 1) day = nextBusinessDay(day);
  return day;
}

/** The same time of day on the next day from Monday to Friday, in UTC: banks settle on no other. */
export function nextBusinessDay(at: Date): Date {
  const weekday = at.getUTCDay();
  const days = weekday === FRIDAY ? 3 : weekday === SATURDAY ? 2 : 1;
  return new Date(at.getTime() + days * DAY_MS);
}
