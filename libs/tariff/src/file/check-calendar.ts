import { addDays } from '@tollkeeper/calendar';
import type { BandDay, RateEntry, TariffCalendar, TimeBand } from '@tollkeeper/contracts';
import { type Finding, findRepeats } from './finding';
import { suggestion } from './nearest-name';

const minutesOfDay = 24 * 60;
const days: readonly BandDay[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'];

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const endOf = ({ to }: TimeBand): number => (to === '00:00' ? minutesOfDay : minuteOf(to));

/** On some dates only: at other times the bands behind it fit. */
const isSeasonal = ({ months, monthDays, during }: TimeBand): boolean =>
  [months, monthDays, during].some((dates) => dates !== undefined);

/** Leap years come every four years, and so does every date. */
const daysOfAllDates = 1461;

/** Whether there is any date on which a seasonal band could begin. */
function hasDates({ months, monthDays, during }: TimeBand): boolean {
  let date = during?.from ?? '2024-01-01';
  for (let count = 0; count < daysOfAllDates; count += 1, date = addDays(date, 1)) {
    if (during && date >= during.to) return false;
    const isOn = (list: readonly number[] | undefined, value: string) =>
      list === undefined || list.includes(Number(value));
    if (isOn(months, date.slice(5, 7)) && isOn(monthDays, date.slice(8))) return true;
  }
  return false;
}

/** Which band each minute of each kind of day is in: the first that fits. */
class Week {
  private readonly bands = new Map<BandDay, (string | undefined)[]>(
    days.map((day) => [day, Array<string | undefined>(minutesOfDay).fill(undefined)]),
  );

  /** How many minutes the band gets that no band before it had; a seasonal one leaves them to the others, too. */
  add(band: TimeBand, usable: readonly BandDay[]): number {
    let taken = 0;
    for (const day of new Set(band.days)) {
      if (!usable.includes(day)) continue;
      const minutes = this.bands.get(day)!;
      for (let at = minuteOf(band.from); at < endOf(band); at += 1) {
        if (minutes[at] !== undefined) continue;
        if (!isSeasonal(band)) minutes[at] = band.band;
        taken += 1;
      }
    }
    return taken;
  }

  /** The first minute of the week that none of the bands has, as people write it. */
  gapOf(named: ReadonlySet<string>, usable: readonly BandDay[]): string | null {
    for (const day of usable) {
      const at = this.bands.get(day)!.findIndex((band) => band === undefined || !named.has(band));
      if (at !== -1)
        return `${day} ${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    }
    return null;
  }
}

/** Days of the calendar that occur: without holidays there is no day `holiday`. */
const daysThatOccur = ({ holidays }: TariffCalendar): readonly BandDay[] =>
  holidays.length > 0 ? days : days.filter((day) => day !== 'holiday');

export function checkCalendar(calendar: TariffCalendar): Finding[] {
  const usable = daysThatOccur(calendar);
  const week = new Week();
  const bands = calendar.bands.flatMap((band, at): Finding[] => {
    const field = `calendar.bands.${at}`;
    if (endOf(band) <= minuteOf(band.from))
      return [
        {
          field: `${field}.to`,
          reason: `ends before it begins: write two bands of one name, ${band.from} to 00:00 and 00:00 to ${band.to}`,
        },
      ];
    if (isSeasonal(band) && !hasDates(band))
      return [
        { field, reason: 'never fits: there is no such date (months, monthDays and during must all fit)' },
      ];
    if (week.add(band, usable) > 0) return [];
    const why = band.days.some((day) => usable.includes(day))
      ? 'bands before it have all of its time (the first that fits wins): move it up or shorten them'
      : 'the calendar has no holidays: name their dates in holidays';
    return [{ field, reason: `never fits: ${why}` }];
  });
  return [
    ...bands,
    ...findRepeats(
      calendar.holidays,
      (date) => date,
      (at) => `calendar.holidays.${at}`,
    ),
  ];
}

export const bandsOf = (calendar: TariffCalendar | undefined): string[] => [
  ...new Set((calendar?.bands ?? []).map(({ band }) => band)),
];

export function unknownBand(band: string, known: readonly string[], deckId: string): string {
  return known.length === 0
    ? `deck ${deckId} has no calendar, so there is no band "${band}"`
    : `the calendar of deck ${deckId} has no band "${band}"${suggestion(band, known)}`;
}

const keyOf = ({ usageType, servingZone, prefix }: RateEntry): string =>
  `${usageType} ${prefix} in ${servingZone}`;

/** Bands that rows name, and rows that name bands: there is a price at any time, and no row is for a time that never comes. */
export function checkBandedRows(
  entries: readonly RateEntry[],
  calendar: TariffCalendar | undefined,
  deckId: string,
): Finding[] {
  const known = bandsOf(calendar);
  const findings: Finding[] = [];
  const banded = new Map<string, { at: number; bands: Set<string> }>();
  const always = new Set<string>();
  entries.forEach((entry, at) => {
    const { band } = entry;
    if (band === undefined) return void always.add(keyOf(entry));
    if (!known.includes(band))
      findings.push({ field: `entries.${at}.band`, reason: unknownBand(band, known, deckId) });
    const key = keyOf(entry);
    const found = banded.get(key);
    if (found) found.bands.add(band);
    else banded.set(key, { at, bands: new Set([band]) });
  });
  if (!calendar) return findings;
  const week = new Week();
  const usable = daysThatOccur(calendar);
  for (const band of calendar.bands) if (endOf(band) > minuteOf(band.from)) week.add(band, usable);
  const seasons = calendar.bands.filter(isSeasonal);
  for (const [key, { at, bands }] of banded) {
    const unnamed = seasons.find(({ band }) => !bands.has(band));
    const gap = always.has(key)
      ? null
      : (week.gapOf(bands, usable) ?? (unnamed ? `the times of band ${unnamed.band}` : null));
    if (gap !== null)
      findings.push({
        field: `entries.${at}.band`,
        reason: `${key} has no rate at ${gap}: add a row for that time, or one without a band for the rest`,
      });
  }
  return findings;
}
