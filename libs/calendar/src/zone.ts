import { IANAZone } from 'luxon';
import { dayMillis, instantAtMillis, millisOf, type Instant } from './instant';
import { localDate, type LocalDate } from './local-date';

/** "18:30" on a wall clock. */
export type LocalTime = string;

const localTimeShape = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Names only ("Europe/Berlin", "UTC"): a bare offset has no summer time and not every runtime takes it. */
export const isZone = (name: string): boolean => /^[A-Za-z]/.test(name) && IANAZone.create(name).isValid;

const zones = new Map<string, IANAZone>();

const zoneNamed = (name: string): IANAZone => {
  const known = zones.get(name);
  if (known) return known;
  if (!isZone(name)) {
    throw new RangeError(`Unknown time zone "${name}" (expected an IANA name, such as "Europe/Berlin")`);
  }
  const zone = IANAZone.create(name);
  zones.set(name, zone);
  return zone;
};

/** Since then all clocks have changed at whole quarters of an hour UTC, so that a quarter has one offset. */
const quartersSince = 94_694_400_000; // 1973-01-01
const quarterMillis = 15 * 60_000;
const mostQuarters = 20_000;
const offsets = new Map<IANAZone, Map<number, number>>();

function offsetMillis(zone: IANAZone, millis: number): number {
  if (millis < quartersSince) return zone.offset(millis) * 60_000;
  const quarter = Math.floor(millis / quarterMillis);
  const known = offsets.get(zone) ?? new Map<number, number>();
  const before = known.get(quarter);
  if (before !== undefined) return before;
  const offset = zone.offset(millis) * 60_000;
  if (known.size >= mostQuarters) known.clear();
  offsets.set(zone, known.set(quarter, offset));
  return offset;
}

/** Read as if it were UTC, the shifted instant shows what the wall clock shows. */
const wallClock = (at: Instant, zone: string): Instant => {
  const millis = millisOf(at);
  return instantAtMillis(millis + offsetMillis(zoneNamed(zone), millis));
};

export const localDateOf = (at: Instant, zone: string): LocalDate => wallClock(at, zone).slice(0, 10);

export const localTimeOf = (at: Instant, zone: string): LocalTime => wallClock(at, zone).slice(11, 16);

/** Halves the stretch until only the millisecond of the change is left: at most 28 steps for two days. */
const offsetChange = (zone: IANAZone, from: number, to: number): number => {
  const after = offsetMillis(zone, to);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMillis(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
};

/**
 * A time that comes twice (clocks set back) is its first occurrence; a time that the clocks skip is the first instant
 * after the gap. So later wall-clock times never give earlier instants, and a skipped day has no length.
 */
export const atLocalTime = (date: LocalDate, time: LocalTime, zoneName: string): Instant => {
  const zone = zoneNamed(zoneName);
  if (!localTimeShape.test(time)) throw new RangeError(`Not a time of day: "${time}" (expected HH:MM)`);
  const asIfUtc = millisOf(`${localDate(date)}T${time}:00Z`);
  const before = offsetMillis(zone, asIfUtc - dayMillis);
  const after = offsetMillis(zone, asIfUtc + dayMillis);
  const candidates = [asIfUtc - before, asIfUtc - after].filter(
    (millis) => millis + offsetMillis(zone, millis) === asIfUtc,
  );
  const first = Math.min(...candidates);
  return instantAtMillis(
    Number.isFinite(first) ? first : offsetChange(zone, asIfUtc - after, asIfUtc - before),
  );
};

/** The first valid instant of the day, 01:00 where summer time begins at midnight. */
export const startOfDay = (date: LocalDate, zone: string): Instant => atLocalTime(date, '00:00', zone);
