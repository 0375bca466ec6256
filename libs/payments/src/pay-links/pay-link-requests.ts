import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, pageQuery, positiveMoneyField, reasonField } from '@tollkeeper/platform';
import { gatewayNames } from '../gateway/gateways';

export class CreatePayLink extends createZodDto(
  z.strictObject({
    accountId: idField,
    invoiceId: idField.optional(),
    amount: positiveMoneyField.optional(),
    expiresInDays: z.number().int().min(1).max(90).default(14),
    reason: reasonField,
  }),
) {}
export class PayLinksQuery extends createZodDto(pageQuery.extend({ accountId: idField.optional() })) {}
export class TokenParams extends createZodDto(z.strictObject({ token: z.string().min(1).max(900) })) {}
export class PayByLink extends createZodDto(
  z.strictObject({
    token: z.string().regex(/^[\w.-]{1,200}$/, "must be a token of the gateway's hosted fields"),
    gateway: z.enum(gatewayNames).default('sandbox'),
    kind: z.enum(['card', 'wallet', 'applePay', 'googlePay']).default('card'),
  }),
) {}
