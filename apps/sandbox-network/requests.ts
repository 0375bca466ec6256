import type { Request } from 'express';
import { z } from 'zod';
import { header, TenantId } from '@tollkeeper/sandbox-edge';
import { SIM_STATES } from './sim-state';

const Key = z.string().min(1).max(255);

export const Iccid = z.string().regex(/^\d{18,22}$/, 'must be 18 to 22 digits');

export const StateBody = z.strictObject({
  state: z.enum(SIM_STATES),
  imsi: z
    .string()
    .regex(/^\d{14,15}$/)
    .optional(),
  msisdn: z
    .string()
    .regex(/^\+?\d{7,15}$/)
    .optional(),
  keepOpen: z
    .array(z.string().regex(/^\+?\d{2,15}$/))
    .max(20)
    .default([]),
});

const Order = StateBody.extend({ key: Key, iccid: Iccid });
export type Order = z.infer<typeof Order>;

export const BulkBody = z.strictObject({ items: z.array(Order).min(1).max(1000) });

export const SimQuery = z.strictObject({
  tenant: TenantId.optional(),
  startingAfter: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function orderOf(req: Request, iccid: unknown): Order {
  const key = header(req, 'Idempotency-Key');
  return Order.parse({ ...StateBody.parse(req.body), key, iccid });
}
