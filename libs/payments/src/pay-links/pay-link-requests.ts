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
    amount: positiveMoneyField.optional(),
  }),
) {}
export class WithdrawPayLinks extends createZodDto(
  z
    .strictObject({
      accountId: idField,
      of: z.enum(['account', 'message', 'link']),
      id: z
        .string()
        .regex(/^[\w./:-]{1,300}$/, "must be a message's key or a link's id")
        .optional(),
      reason: reasonField,
    })
    .refine(({ of, id }) => (of === 'account') === (id === undefined), {
      path: ['id'],
      message: 'names the message or the link; all links of an account are named by the account alone',
    })
    .refine(({ of, id }) => of !== 'link' || /^pln_[0-9a-z]{16}$/.test(id ?? ''), {
      path: ['id'],
      message: "is no link's id: those begin with pln_",
    }),
) {}
