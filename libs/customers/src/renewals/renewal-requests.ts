import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { roundingModes } from '@tollkeeper/money';
import { idField, instantField, pageQuery, reasonField } from '@tollkeeper/platform';

const when = instantField.transform(instant);
const hours = z.number().int().min(0).max(2160);

export class RenewalSubscriptionParams extends createZodDto(z.strictObject({ subscriptionId: idField })) {}
export class RenewalRequestParams extends createZodDto(z.strictObject({ requestId: idField })) {}

export class ChangeRenewal extends createZodDto(
  z.strictObject({ autoRenew: z.boolean().optional(), nextOfferingId: idField.nullable().optional() }),
) {}

export class PutRenewalPolicy extends createZodDto(
  z.strictObject({
    retryHours: z.array(hours.min(1)).max(10),
    graceHours: hours,
    keepNumberDays: z.number().int().min(1).max(3650).nullable(),
    refundUnused: z.boolean(),
    refundRounding: z.enum(roundingModes),
    validFrom: when.optional(),
    reason: reasonField,
  }),
) {}

export class RenewalPoliciesQuery extends createZodDto(
  pageQuery.extend({
    startingAfter: z
      .string()
      .regex(/^\d{1,9}$/, 'must be the last version seen')
      .optional(),
  }),
) {}
