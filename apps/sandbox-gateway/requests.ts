import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from './problem';

const TenantId = z.string().regex(/^[\w.-]{1,64}$/);
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const AmountMinor = z.int().positive();

export const ChargeBody = z.strictObject({
  amountMinor: AmountMinor,
  currency: z.string().regex(/^[A-Z]{3}$/),
  token: z.string().min(1).max(200),
  reference: z.string().min(1).max(200),
  description: z.string().max(500).optional(),
});
export type ChargeBody = z.infer<typeof ChargeBody>;

export const RefundBody = z.strictObject({
  amountMinor: AmountMinor,
  reason: z.string().max(500).optional(),
});
export type RefundBody = z.infer<typeof RefundBody>;

export const DueRunBody = z.strictObject({ tenant: TenantId, at: Instant });

export const ChargeQuery = z.strictObject({
  tenant: TenantId.optional(),
  reference: z.string().min(1).max(200).optional(),
  startingAfter: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const TenantQuery = z.strictObject({ tenant: TenantId.optional() });

export interface WriteCall {
  tenantId: string;
  at: Date;
  key: string;
}

function header(req: Request, name: string): string {
  const value = req.get(name);
  if (!value) throw new Problem(400, 'missing_header', `the header ${name} is required`);
  return value;
}

/** The tenant named by the header, by the query, or by both alike. */
export function tenantOf(req: Request, queried?: string): string {
  const tenantId = TenantId.parse(queried ?? header(req, 'X-Tenant'));
  if (tenantId !== (req.get('X-Tenant') ?? tenantId)) {
    throw new Problem(400, 'tenant_mismatch', 'X-Tenant and ?tenant= name two tenants');
  }
  return tenantId;
}

export function writeCallOf(req: Request): WriteCall {
  return {
    tenantId: tenantOf(req),
    at: Instant.parse(header(req, 'X-Business-Time')),
    key: z.string().max(255).parse(header(req, 'Idempotency-Key')),
  };
}
