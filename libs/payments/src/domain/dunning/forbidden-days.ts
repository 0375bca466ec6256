import {
  addDays,
  atLocalTime,
  dayOfWeek,
  type Instant,
  type LocalDate,
  localDateOf,
  localTimeOf,
} from '@tollkeeper/calendar';
import type { ForbiddenDays } from '@tollkeeper/contracts';
import { isPublicHoliday } from './public-holidays';

export interface Place {
  zone: string;
  /** ISO 3166; empty: not known. */
  country: string;
}

/** More forbidden days in a row than any calendar has; a policy that forbids every day is refused when it is put. */
const daysLookedAhead = 60;
/** Nobody is written to or barred at night, even where a policy has no quiet hours. */
const latestHour = '21:00';

/** Why no step is taken on that day; null when one may be. */
function forbiddenBecause(rules: ForbiddenDays | undefined, country: string, date: LocalDate): string | null {
  if (rules?.weekdays?.includes(dayOfWeek(date)))
    return ['a Saturday', 'a Sunday'][dayOfWeek(date) - 6] ?? 'a day without steps';
  if (rules?.holidays && isPublicHoliday(country, date)) return `a public holiday in ${country}`;
  if (rules?.dates?.includes(date)) return 'a day without steps';
  return null;
}

/** The day itself, or the next one on which a step may be taken, and why it moved. */
export function allowedDay(
  rules: ForbiddenDays | undefined,
  country: string,
  date: LocalDate,
): { on: LocalDate; moved: string | null } {
  let [on, moved]: [LocalDate, string | null] = [date, null];
  for (let looked = 0; looked < daysLookedAhead; looked += 1) {
    const because = forbiddenBecause(rules, country, on);
    if (because === null) break;
    moved ??= `${on} is ${because}`;
    on = addDays(on, 1);
  }
  return { on, moved };
}

/** The step hour, or the end of the quiet hours that it falls into. */
export function stepTime(stepHour: number, rules: ForbiddenDays | undefined): string {
  const time = `${String(stepHour).padStart(2, '0')}:00`;
  return isQuiet(rules, time) ? (rules?.quietHours?.to ?? time) : time;
}

function isQuiet(rules: ForbiddenDays | undefined, time: string): boolean {
  const quiet = rules?.quietHours;
  if (!quiet) return false;
  const { from, to } = quiet;
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

/** When a step that is late may be taken: now, by day and on an allowed day; else at the next step hour. */
export function noEarlierThan(
  at: Instant,
  { stepHour, forbidden }: { stepHour: number; forbidden?: ForbiddenDays },
  { zone, country }: Place,
): Instant {
  const [today, time] = [localDateOf(at, zone), localTimeOf(at, zone)];
  const opens = stepTime(stepHour, forbidden);
  const tooLate = time >= latestHour || (time > opens && isQuiet(forbidden, time));
  const { on } = allowedDay(forbidden, country, tooLate ? addDays(today, 1) : today);
  const wanted = atLocalTime(on, opens, zone);
  return wanted > at ? wanted : at;
}
