import { serviceNames } from '@tollkeeper/contracts';
import type { Scope } from '@tollkeeper/platform';
import { z } from 'zod';
import { passwordLength } from './domain/password-policy';

/** Addresses are compared in lower case, here and when they are stored. */
export const emailField = z
  .string()
  .trim()
  .max(254)
  .transform((text) => text.toLowerCase())
  .pipe(z.email('must be an e-mail address'));

/** Longest in bytes as well: what is hashed stays small. Policy is told apart, when one is set. */
export const passwordField = z
  .string()
  .min(1)
  .max(passwordLength.max * 2);

export const nameField = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must not contain control characters');

const scopes = [...serviceNames, 'clock' as const].flatMap((area): Scope[] => [
  `${area}:read`,
  `${area}:write`,
]);

export const scopeField = z.enum(scopes as [Scope, ...Scope[]]);
