import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, localDateField, pageQuery } from '@tollkeeper/platform';
import { gatewayNames } from '../gateway/gateways';
import { methodKinds } from './payment-method.schema';

const accountId = idField.optional();
const moneyAmount = z.number().int().min(0).max(1_000_000_000).describe('In minor units of the account.');
const token = z.string().regex(/^[\w.-]{1,200}$/, "must be a token of the gateway's hosted fields");

export class AddMethod extends createZodDto(
  z.strictObject({
    accountId,
    token,
    gateway: z.enum(gatewayNames).optional().describe('Where the token is known; left out: `sandbox`.'),
    setupId: z
      .string()
      .max(120)
      .optional()
      .describe(
        'The setup by which the token was made: required of debits where the gateway keeps the mandate.',
      ),
    kind: z
      .enum(methodKinds)
      .optional()
      .describe('Left out: `card`; a card in a wallet is what the gateway says it is.'),
    mandate: z
      .strictObject({
        mandateId: z.string().regex(/^[A-Za-z0-9+?/:().,'-]{1,35}$/, 'must be a SEPA mandate reference'),
        signedOn: localDateField,
        preNoticeDays: z.number().int().min(1).max(14).default(14),
      })
      .optional()
      .describe(
        'Required of `sepaDebit`: EPC Core Rulebook 4.1. Left out with a setup: as the payer was shown it.',
      ),
    authorisation: z
      .strictObject({
        range: z
          .strictObject({ from: moneyAmount, to: moneyAmount })
          .nullable()
          .describe('Amounts of which the payer need not hear before: 12 CFR 1005.10(d)(2).'),
      })
      .optional()
      .describe('Of `achDebit` only. Left out: each changed amount is announced ten days before.'),
    alsoAt: z
      .array(z.strictObject({ gateway: z.enum(gatewayNames), token }))
      .max(3)
      .optional()
      .describe('The same instrument at other gateways: what fail-over charges there.'),
    makeDefault: z.boolean().default(true),
    autoPay: z.boolean().default(true),
  }),
) {}

export class BeginMethodSetup extends createZodDto(
  z.strictObject({
    accountId,
    gateway: z.enum(gatewayNames),
    kind: z.enum(['card', 'sepaDebit', 'achDebit']).default('card').describe('`card`: wallets too.'),
  }),
) {}

export class MethodsQuery extends createZodDto(pageQuery.extend({ accountId })) {}
