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
  days: ReadonlySet<BandDay>;
  from: number;
  /** Behind midnight where the band lasts into the next day. */
  to: number;
}

function inMinutes({ band, days, from, to }: TimeBand): BandMinutes {
  const [first, last] = [minutesOf(from), minutesOf(to)];
  return { band, days: new Set(days), from: first, to: last > first ? last : last + minutesOfDay };
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
  const bandAt = (today: BandDay, yesterday: BandDay, minute: number): string =>
    listed.find(
      ({ days, from, to }) =>
        (days.has(today) && from <= minute && minute < to) ||
        (days.has(yesterday) && minute + minutesOfDay < to),
    )?.band ?? '';

  function stretchesOf(date: LocalDate, inZone: string): BandStretch[] {
    const [today, yesterday] = [dayOf(date), dayOf(addDays(date, -1))];
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
