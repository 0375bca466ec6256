import { z } from 'zod';
import { instant, isInstant, isLocalDate, isZone } from '@tollkeeper/calendar';
import { isCurrency, isRate, parseRate } from '@tollkeeper/money';
import { nearestName, suggestion } from './nearest-name';

/** For a field that is absent or of a wrong type: people read one sentence, whoever checks. */
export const otherwise = (message: string) => ({
  error: ({ input }: { input?: unknown }): string => (input === undefined ? 'is missing' : message),
});

const inQuotes = 'must be text in quotes';
export const textField = (sample: string) => z.string(otherwise(`${inQuotes}, such as "${sample}"`));
export const flagField = z.boolean(otherwise('must be true or false'));
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, otherwise('must be a list'));
export const wholeField = (least: number, most: number) =>
  z
    .number(otherwise('must be a whole number'))
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

export const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, {
    error: ({ input }) => {
      if (input === undefined) return `is missing: one of ${names.join(', ')}`;
      const near = typeof input === 'string' ? nearestName(input, names) : null;
      return `must be one of ${names.join(', ')}${near === null ? '' : ` (did you mean "${near}"?)`}`;
    },
  });

/** Fields and no others: a misspelt one is refused with the name that was probably meant, not ignored. */
export const fields = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys, Object.keys(shape));
      return issue.input === undefined ? 'is missing' : `must have fields: ${Object.keys(shape).join(', ')}`;
    },
  });

const unknownFields = (names: readonly string[], known: readonly string[]): string =>
  names.map((name) => `there is no field "${name}" here${suggestion(name, known)}`).join('; ');

export const idField = textField('retail').regex(
  /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/,
  'must be an id: letters, digits, _ . : -',
);
export const nameField = textField('Smart 5 GB')
  .trim()
  .min(1, 'must not be empty')
  .max(120, 'must be at most 120 characters');
export const currencyField = textField('USD')
  .regex(/^[A-Z]{3}$/, { message: 'must be an ISO 4217 code such as USD', abort: true })
  .refine(isCurrency, { error: ({ input }) => `${String(input)} is not an ISO 4217 currency` });
export const instantField = textField('2026-01-31T12:00:00.000Z')
  .refine(isInstant, 'must be a UTC instant such as 2026-01-31T12:00:00.000Z')
  .transform(instant)
  .pipe(z.string());
export const localDateField = textField('2026-12-25').refine(
  isLocalDate,
  'must be a date such as 2026-12-25',
);
export const localTimeField = textField('08:00').regex(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  'must be a time of day from "00:00" to "23:59" (as an end, "00:00" is midnight)',
);
export const timeZoneField = textField('Europe/Berlin').refine(
  isZone,
  'must be a time zone by its IANA name, such as "Europe/Berlin" or "UTC"',
);
export const zoneField = textField('national').regex(
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
  'must be a zone: letters, digits, _ . -',
);
export const digitsField = (least: number, most: number, what: string) =>
  textField('112').regex(new RegExp(`^\\d{${least},${most}}$`), what);
export const networkField = textField('262').regex(
  /^\d{3}(\d{2,3})?$/,
  'must be an MCC (3 digits) or MCC and MNC (5 or 6 digits)',
);

/** Nothing that is sold by the second, message or byte costs a million. */
const mostPrice = 1_000_000n * 10n ** 12n;

export const priceField = textField('0.0125')
  .refine(isRate, {
    message: 'must be a plain decimal with at most 12 decimals, such as "0.0125"',
    abort: true,
  })
  .refine((text) => !text.startsWith('-'), 'a price is never negative')
  .refine((text) => !isRate(text) || parseRate(text) <= mostPrice, 'is not a plausible price (over 1000000)');

export const percentField = textField('2.5')
  .refine(isRate, { message: 'must be a plain decimal such as "2.5"', abort: true })
  .refine((text) => !text.startsWith('-'), 'a percentage is never negative')
  .refine((text) => !isRate(text) || parseRate(text) <= 100n * 10n ** 12n, 'must be at most 100 percent');
