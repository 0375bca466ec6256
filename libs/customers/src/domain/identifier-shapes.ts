import { z } from 'zod';
import type { IdentifierKind } from '@tollkeeper/contracts';

/** E.164 without its plus sign; ITU-T E.212; ITU-T E.118. */
export const identifierShapes = {
  msisdn: z.string().regex(/^[1-9]\d{6,14}$/, 'must be an international number, digits only'),
  imsi: z.string().regex(/^\d{14,15}$/, 'must be 14 or 15 digits'),
  iccid: z.string().regex(/^\d{18,22}$/, 'must be 18 to 22 digits'),
} as const satisfies Record<IdentifierKind, z.ZodString>;
