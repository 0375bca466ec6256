import type { Request } from 'express';
import { z } from 'zod';
import { businessTimeOf, header, Instant, TenantId, tenantOf } from '@tollkeeper/sandbox-edge';

const AmountMinor = z.int().positive();

export const ChargeBody = z.strictObject({
  amountMinor: AmountMinor,
  currency: z.string().regex(/^[A-Z]{3}$/),
  token: z.string().min(1).max(200),
  reference: z.string().min(1).max(200),
  description: z.string().max(500).optional(),
  initiator: z.enum(['customer', 'merchant']).optional(),
  originalNetworkTransactionId: z.string().max(200).optional(),
  /** Of a bank debit: when it is to be collected, and by which authorisation. */
  debit: z
    .strictObject({
      scheme: z.enum(['sepa', 'ach']),
      collectOn: z.iso.date(),
      mandateId: z.string().max(35).optional(),
      sequence: z.enum(['FRST', 'RCUR']).optional(),
      entryDescription: z.string().max(10).optional(),
    })
    .optional(),
});
export type ChargeBody = z.infer<typeof ChargeBody>;

export const CancelBody = z.strictObject({ reference: z.string().min(1).max(200) });

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

export const RefundQuery = z.strictObject({
  tenant: TenantId.optional(),
  reference: z.string().min(1).max(255).optional(),
});

export interface WriteCall {
  tenantId: string;
  at: Date;
  key: string;
}

export function writeCallOf(req: Request): WriteCall {
  return {
    tenantId: tenantOf(req),
    at: businessTimeOf(req),
    key: z.string().max(255).parse(header(req, 'Idempotency-Key')),
  };
}
