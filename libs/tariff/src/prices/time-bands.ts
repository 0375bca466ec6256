import {
  addDays,
  atLocalTime,
  dayOfWeek,
  localDateOf,
  millisOf,
  type Instant,
  type LocalDate,
} from '@tollkeeper/calendar';
import type { BandDay, TariffCalendar, TimeBand } from '@tollkeeper/contracts';

/** A stretch of one band, in milliseconds since 1970. `''` where no band fits. */
interface BandStretch {
  band: string;
  fromMs: number;
  toMs: number;
}

/** The bands of a deck's calendar as instants, worked out once per zone and day. */
export interface CompiledCalendar {
  crossing: TariffCalendar['crossing'];
  at(ms: number, accountZone: string): BandStretch;
}

const weekdays: readonly BandDay[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const dayMs = 86_400_000;
const minutesOfDay = 24 * 60;
const daysKept = 4_000;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

interface BandMinutes {
  band: string;
  isOn: (date: LocalDate, day: BandDay) => boolean;
  from: number;
  /** Behind midnight where the band lasts into the next day. */
  to: number;
}

/** Whether the band begins on that date. */
function isOnOf({ days, months, monthDays, during }: TimeBand): BandMinutes['isOn'] {
  const listed = new Set(days);
  if (!months && !monthDays && !during) return (_, day) => listed.has(day);
  const [inMonths, onDays] = [months && new Set(months), monthDays && new Set(monthDays)];
  return (date, day) =>
    listed.has(day) &&
    (inMonths === undefined || inMonths.has(Number(date.slice(5, 7)))) &&
    (onDays === undefined || onDays.has(Number(date.slice(8)))) &&
    (during === undefined || (during.from <= date && date < during.to));
}

function inMinutes(band: TimeBand): BandMinutes {
  const [from, to] = [minutesOf(band.from), minutesOf(band.to)];
  return { band: band.band, isOn: isOnOf(band), from, to: to > from ? to : to + minutesOfDay };
}

export function compileCalendar({ zone, holidays, bands, crossing }: TariffCalendar): CompiledCalendar {
  const holidaySet = new Set(holidays);
  const listed = bands.map(inMinutes);
  const edges = [...new Set(listed.flatMap(({ from, to }) => [from, to % minutesOfDay]).concat(0))].sort(
    (left, right) => left - right,
  );
  const dayOf = (date: LocalDate): BandDay =>
    holidaySet.has(date) ? 'holiday' : weekdays[dayOfWeek(date) - 1]!;
  /** The first band listed wins; the night of a band that began the day before counts for that day. */
  const bandAt = (
    begunToday: readonly BandMinutes[],
    begunYesterday: readonly BandMinutes[],
    minute: number,
  ) =>
    listed.find(
      (band) =>
        (begunToday.includes(band) && band.from <= minute && minute < band.to) ||
        (begunYesterday.includes(band) && minute + minutesOfDay < band.to),
    )?.band ?? '';

  function stretchesOf(date: LocalDate, inZone: string): BandStretch[] {
    const begunOn = (day: LocalDate) => listed.filter(({ isOn }) => isOn(day, dayOf(day)));
    const [today, yesterday] = [begunOn(date), begunOn(addDays(date, -1))];
    const starts = edges.map((minute) => millisOf(atLocalTime(date, timeOf(minute), inZone)));
    const midnight = millisOf(atLocalTime(addDays(date, 1), '00:00', inZone));
    const stretches: BandStretch[] = [];
    edges.forEach((minute, index) => {
      const [fromMs, toMs] = [starts[index]!, starts[index + 1] ?? midnight];
      const band = bandAt(today, yesterday, minute);
      const last = stretches.at(-1);
      if (fromMs >= toMs) return; // the clocks skip it
      if (last?.band === band) last.toMs = toMs;
      else stretches.push({ band, fromMs, toMs });
    });
    return stretches;
  }

  const known = new Map<string, Map<number, BandStretch[]>>();

  /** All stretches that touch a day of UTC; the last one may be cut at the local midnight behind it. */
  function stretchesAround(utcDay: number, inZone: string): BandStretch[] {
    let days = known.get(inZone);
    if (!days) known.set(inZone, (days = new Map<number, BandStretch[]>()));
    const found = days.get(utcDay);
    if (found) return found;
    if (days.size >= daysKept) days.clear();
    const date = localDateOf(instantOfDay(utcDay), inZone);
    const stretches = [0, 1].flatMap((step) => stretchesOf(addDays(date, step), inZone));
    days.set(utcDay, stretches);
    return stretches;
  }

  return {
    crossing,
    at(ms, accountZone) {
      const inZone = zone === 'account' ? accountZone : zone;
      const stretches = stretchesAround(Math.floor(ms / dayMs), inZone);
      return stretches.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs) ?? stretches.at(-1)!;
    },
  };
}

const instantOfDay = (utcDay: number): Instant => `${addDays('1970-01-01', utcDay)}T00:00:00.000Z`;
