import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, positiveMoneyField, pageQuery, reasonField } from '@tollkeeper/platform';

export class RequestRefund extends createZodDto(
  z
    .strictObject({
      accountId: idField,
      of: z.enum(['topUp', 'deposit', 'credit']),
      amount: positiveMoneyField.optional(),
      reason: reasonField,
    })
    .refine(({ of, amount }) => of !== 'deposit' || amount !== undefined, {
      path: ['amount'],
      message: 'say how much of the deposit goes back',
    })
    .refine(({ of, amount }) => of !== 'credit' || amount === undefined, {
      path: ['amount'],
      message: 'account credit goes back as a whole',
    }),
) {}
export class RefundsQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    state: z.enum(['created', 'unknown', 'succeeded', 'payOut', 'paidOut', 'refused']).optional(),
  }),
) {}
export class RecordPayOut extends createZodDto(
  z.strictObject({ reference: z.string().trim().min(1).max(140) }),
) {}
