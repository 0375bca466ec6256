const DAY_MS = 86_400_000;
const FRIDAY = 5;
const SATURDAY = 6;

/** The same time of day on the next day from Monday to Friday, in UTC: banks settle on no other. */
export function nextBusinessDay(at: Date): Date {
  const weekday = at.getUTCDay();
  const days = weekday === FRIDAY ? 3 : weekday === SATURDAY ? 2 : 1;
  return new Date(at.getTime() + days * DAY_MS);
}
