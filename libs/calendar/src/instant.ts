import { dateOfDayNumber, dayNumberOfDate, isLocalDate } from './local-date';

/** A point in time in UTC, "2026-03-08T07:00:00.000Z". In this one spelling instants also sort as text. */
export type Instant = string;

/** What may be added to an instant: exact lengths, so a day is 24 hours. Calendar steps belong to LocalDate. */
export interface InstantDuration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

const minuteMillis = 60_000;
const hourMillis = 60 * minuteMillis;
export const dayMillis = 24 * hourMillis;

const shape =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

const lengthOf = (hours = '0', minutes = '0', seconds = '0', millis = ''): number =>
  Number(hours) * hourMillis +
  Number(minutes) * minuteMillis +
  Number(seconds) * 1_000 +
  Number(millis.padEnd(3, '0'));

const read = (text: string): number | undefined => {
  const [, date = '', hours, minutes, seconds, millis, sign, offsetHours, offsetMinutes] =
    shape.exec(text) ?? [];
  if (!isLocalDate(date)) return undefined;
  const local = dayNumberOfDate(date) * dayMillis + lengthOf(hours, minutes, seconds, millis);
  const offset = lengthOf(offsetHours, offsetMinutes);
  return sign === '-' ? local + offset : local - offset;
};

/** True for RFC 3339 text with a zone and at most milliseconds; instant() gives its one spelling. */
export const isInstant = (text: string): boolean => read(text) !== undefined;

export const millisOf = (text: Instant): number => {
  const millis = read(text);
  if (millis === undefined) {
    throw new RangeError(
      `Not an instant: "${text}" (expected date, time and zone, such as "2026-02-28T23:00:00Z")`,
    );
  }
  return millis;
};

export const instantAtMillis = (millis: number): Instant => {
  const dayNumber = Math.floor(millis / dayMillis);
  const ofDay = millis - dayNumber * dayMillis;
  const digits = (value: number, length = 2) => String(Math.floor(value)).padStart(length, '0');
  const hours = digits(ofDay / hourMillis);
  const minutes = digits((ofDay % hourMillis) / minuteMillis);
  const seconds = digits((ofDay % minuteMillis) / 1_000);
  return `${dateOfDayNumber(dayNumber)}T${hours}:${minutes}:${seconds}.${digits(ofDay % 1_000, 3)}Z`;
};

export const instant = (text: string): Instant => instantAtMillis(millisOf(text));

export const compareInstants = (left: Instant, right: Instant): -1 | 0 | 1 => {
  const millis = millisOf(left) - millisOf(right);
  return millis === 0 ? 0 : millis < 0 ? -1 : 1;
};

/** Whole minutes from one instant to a later one. */
export const minutesBetween = (from: Instant, to: Instant): number =>
  Math.round((millisOf(to) - millisOf(from)) / minuteMillis);

export const addDuration = (
  from: Instant,
  { days = 0, hours = 0, minutes = 0 }: InstantDuration,
): Instant => {
  const whole = [days, hours, minutes].every(Number.isSafeInteger);
  if (!whole) throw new RangeError('A duration has whole days, hours and minutes');
  return instantAtMillis(millisOf(from) + days * dayMillis + hours * hourMillis + minutes * minuteMillis);
};
