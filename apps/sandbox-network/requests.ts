import { z } from 'zod';
import { TenantId } from '@tollkeeper/sandbox-edge';
import { SIM_STATES } from './sim-state';

const Key = z.string().min(1).max(400);

export const Iccid = z.string().regex(/^\d{18,22}$/, 'must be 18 to 22 digits');

const SimProfile = z.strictObject({
  state: z.enum(SIM_STATES),
  imsi: z
    .string()
    .regex(/^\d{14,15}$/)
    .nullish(),
  msisdn: z
    .string()
    .regex(/^\+?\d{7,15}$/)
    .nullish(),
  keepOpen: z
    .array(z.string().regex(/^\+?\d{2,15}$/))
    .max(60)
    .default([]),
  services: z.array(z.string().max(40)).max(20).default([]),
});

const Order = SimProfile.extend({
  key: Key,
  kind: z.enum(['activate', 'setState', 'changeMsisdn', 'swapSim', 'deactivate']),
  iccid: Iccid,
  replaces: z
    .array(z.strictObject({ iccid: Iccid, sequence: z.int().min(1) }))
    .max(20)
    .default([]),
  sequence: z.int().min(1),
});
export type Order = z.infer<typeof Order>;

export const OrdersBody = z.strictObject({ items: z.array(Order).min(1).max(1000) });

export const KeysBody = z.strictObject({ keys: z.array(Key).min(1).max(1000) });

/** What an admin says that the network has of a SIM, whatever was ordered. */
export const SimBody = SimProfile;
export type SimBody = z.infer<typeof SimBody>;

export const BehaviourBody = z.strictObject({
  acknowledge: z.enum(['atOnce', 'late', 'silent']).default('atOnce'),
  afterHours: z.number().min(0).max(1000).default(0),
  refuse: z
    .strictObject({ code: z.string().min(1), detail: z.string() })
    .nullable()
    .default(null),
  iccids: z.array(Iccid).max(1000).default([]),
});

export const SimQuery = z.strictObject({
  tenant: TenantId.optional(),
  startingAfter: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
