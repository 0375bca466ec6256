import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, positiveMoneyField, pageQuery } from '@tollkeeper/platform';
import { renewalSources } from '../methods/payment-method.schema';

export class RequestTopUp extends createZodDto(
  z.strictObject({ accountId: idField.optional(), amount: positiveMoneyField }),
) {}
export class RecordTopUp extends createZodDto(
  z.strictObject({
    accountId: idField,
    amount: positiveMoneyField,
    method: z.enum(['bank', 'cash', 'voucher']),
    reference: z.string().trim().min(1).max(140),
  }),
) {}
export class BalanceQuery extends createZodDto(z.strictObject({ accountId: idField.optional() })) {}
export class BalanceEntriesQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    startingAfter: z
      .string()
      .regex(/^\d{1,15}$/, 'must be the last `no` seen')
      .optional(),
  }),
) {}
export class PutRenewalSource extends createZodDto(
  z.strictObject({ accountId: idField.optional(), source: z.enum(renewalSources) }),
) {}
