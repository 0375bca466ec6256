import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, pageQuery, reasonField } from '@tollkeeper/platform';
import { barStates, type BarState, networkServices } from '../domain/bar-profiles';

const profile = z.strictObject({
  services: z.array(z.enum(networkServices)).max(10).describe('What the state leaves of the service'),
  lines: z
    .array(z.string().trim().min(1).max(20))
    .max(40)
    .describe('Lines in reach in this state: "emergency", "paymentLine" (both are a must), and numbers'),
});

export class ChangeNetworkSettings extends createZodDto(
  z.strictObject({
    acknowledgeWithinHours: z
      .number()
      .int()
      .min(1)
      .max(168)
      .optional()
      .describe('Hours after which a missing acknowledgement is a case'),
    reconcileDailyAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 03:30')
      .nullable()
      .optional()
      .describe("In the operator's zone; null: only when asked for"),
    reason: reasonField,
  }),
) {}

export class ChangeBarProfiles extends createZodDto(
  z.strictObject({
    profiles: z
      .strictObject(
        Object.fromEntries(barStates.map((state) => [state, profile])) as Record<BarState, typeof profile>,
      )
      .partial(),
    reason: reasonField,
  }),
) {}

export const caseKinds = [
  'acknowledgementMissing',
  'refused',
  'ghostSim',
  'orphanSim',
  'stateDiffers',
] as const;

export class NetworkCasesQuery extends createZodDto(
  pageQuery.extend({
    state: z.enum(['open', 'resolved']).optional(),
    kind: z.enum(caseKinds).optional(),
    accountId: idField.optional(),
  }),
) {}
export class NetworkCaseParams extends createZodDto(z.strictObject({ caseId: idField })) {}
export class RetryNetworkCase extends createZodDto(z.strictObject({ reason: reasonField })) {}
export class ResolveNetworkCase extends createZodDto(
  z.strictObject({
    reason: reasonField,
    doneAtNetwork: z
      .boolean()
      .default(false)
      .describe('True: you have made sure that the network has the SIM as it was ordered'),
  }),
) {}

export class WantReconciliation extends createZodDto(z.strictObject({ reason: reasonField })) {}
export class ReconciliationParams extends createZodDto(z.strictObject({ runId: idField })) {}
export class ReconciliationsQuery extends createZodDto(pageQuery) {}
