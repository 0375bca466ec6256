import { z } from 'zod';
import { isRate } from '@tollkeeper/money';
import type { RateEntry } from '@tollkeeper/contracts';
import { prefixFault } from '../deck/destination';

export const zoneField = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be a zone: letters, digits, _ . -');

const priceField = z
  .string()
  .refine((text) => isRate(text), 'must be a plain decimal with at most 12 decimals, such as "0.0125"')
  .refine((text) => !text.startsWith('-'), 'a price is never negative');
const countField = z
  .number({ error: 'must be a whole number' })
  .int()
  .min(1, 'must be at least 1')
  .max(Number.MAX_SAFE_INTEGER);

/** One row of a rate deck, from JSON or from a line of CSV. */
export const rateEntryFields = z
  .strictObject({
    prefix: z.string().max(80),
    usageType: z.enum(['voice', 'video', 'sms', 'mms', 'data', 'event']),
    servingZone: zoneField,
    zone: zoneField,
    description: z.string().trim().min(1, 'says what the customer reads on the bill').max(200),
    connectFee: priceField,
    rate: priceField,
    perUnits: countField,
    initialIncrement: countField,
    nextIncrement: countField,
    roundAt: z.enum(['record', 'session', 'day', 'line']),
    rounding: z.enum(['halfUp', 'halfEven', 'up', 'down']),
  })
  .superRefine((entry, context) => {
    const reason = prefixFault(entry);
    if (reason) context.addIssue({ code: 'custom', path: ['prefix'], message: reason });
  });

/** Two rows with one key would be two prices for one call. */
export const entryKey = ({ usageType, servingZone, prefix }: RateEntry): string =>
  `${usageType}/${servingZone}/${prefix}`;
