import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from './problem';

export const TenantId = z.string().regex(/^[\w.-]{1,64}$/);
export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const TenantQuery = z.strictObject({ tenant: TenantId.optional() });

export function header(req: Request, name: string): string {
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

export const businessTimeOf = (req: Request): Date => Instant.parse(header(req, 'X-Business-Time'));
