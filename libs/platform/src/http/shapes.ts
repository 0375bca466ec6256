import { z } from 'zod';
import { isInstant, localDate } from '@tollkeeper/calendar';

/** Fields that every service's requests are made of. Objects are strict: an unknown field is refused. */
const isDate = (text: string): boolean => {
  try {
    return localDate(text) === text;
  } catch {
    return false;
  }
};

export const localDateField = z.string().refine(isDate, 'must be a date such as 2026-01-31');
export const instantField = z
  .string()
  .refine(isInstant, 'must be a UTC instant such as 2026-01-31T12:00:00.000Z');
export const idField = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/, 'must be an id: letters, digits, _ . : -');
export const currencyField = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD');
export const moneyField = z.strictObject({
  minor: z
    .number()
    .int('must be whole minor units (cents)')
    .min(Number.MIN_SAFE_INTEGER)
    .max(Number.MAX_SAFE_INTEGER),
  currency: currencyField,
});
export const reasonField = z.string().trim().min(3, 'say why, in at least 3 characters').max(500);

/** Far more than anybody pays at once, and far below 2^53: sums of what people enter stay exact. */
const mostMinor = 100_000_000_000_000;

export const positiveMoneyField = moneyField
  .refine(({ minor }) => minor > 0, 'must be more than nothing')
  .refine(({ minor }) => minor <= mostMinor, `must be at most ${mostMinor} minor units`);

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  startingAfter: z.string().max(256).optional(),
});

export interface Page<Item> {
  data: Item[];
  hasMore: boolean;
}

/** Ask the repository for `limit + 1` rows; the extra one only says that there is more. */
export const pageOf = <Item>(rows: Item[], limit: number): Page<Item> => ({
  data: rows.slice(0, limit),
  hasMore: rows.length > limit,
});
