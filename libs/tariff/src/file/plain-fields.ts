import { z } from 'zod';
import { instant, isInstant } from '@tollkeeper/calendar';

/** Fields that a catalog is made of; objects are strict, so that a misspelt one is refused and not ignored. */
export const idField = z
  .string({ error: 'must be text, such as "retail"' })
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/, 'must be an id: letters, digits, _ . : -');
export const nameField = z.string().trim().min(1).max(120);
export const currencyField = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD');
export const instantField = z
  .string()
  .refine(isInstant, 'must be a UTC instant such as 2026-01-31T12:00:00.000Z')
  .transform(instant)
  .pipe(z.string());
