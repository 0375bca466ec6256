import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, localDateField, positiveMoneyField, reasonField } from '@tollkeeper/platform';

export class AgreePlan extends createZodDto(
  z.strictObject({
    invoiceIds: z.array(idField).min(1).max(100).optional().describe('Left out: all that is overdue'),
    instalments: z
      .array(z.strictObject({ dueOn: localDateField, amount: positiveMoneyField }))
      .min(1)
      .max(60),
    autoCharge: z.boolean().default(false),
    graceDays: z.number().int().min(0).max(30).default(0),
    restoreService: z.boolean().default(true),
    reason: reasonField,
  }),
) {}
export class OpenDispute extends createZodDto(
  z.strictObject({ invoiceId: idField, amount: positiveMoneyField, reason: reasonField }),
) {}
export class DisputeParams extends createZodDto(z.strictObject({ id: idField, disputeId: idField })) {}
export class CloseDispute extends createZodDto(
  z.strictObject({ outcome: z.enum(['upheld', 'rejected']), reason: reasonField }),
) {}
