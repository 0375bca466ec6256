import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { moneyField } from '@tollkeeper/platform';
import type { RenewalPolicyRow } from './renewal-policy.schema';
import type { RenewalRequestRow } from './renewal-request.schema';
import type { RenewalDetails } from './renewal-settings.service';

const next = z.object({ offeringId: z.string(), amount: moneyField, from: z.string(), to: z.string() });
const renewal = z.object({
  subscriptionId: z.string(),
  state: z.enum(['active', 'grace', 'lapsed', 'expired']),
  paidUntil: z.string(),
  autoRenew: z.boolean(),
  nextOfferingId: z.string().nullable(),
  lapsedAt: z.string().nullable(),
  keptUntil: z.string().nullable().describe('Lapsed until then it expires; null: not by itself'),
  next: next.nullable().describe('What the next period costs; paid late it begins when it is paid'),
});
const request = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  requestedAt: z.string(),
  outcome: z.string().nullable().describe('null until the charge is decided'),
});
const policy = z.object({
  version: z.number().int(),
  validFrom: z.string(),
  retryHours: z.array(z.number().int()),
  graceHours: z.number().int(),
  keepNumberDays: z.number().int().nullable(),
  refundUnused: z.boolean(),
  refundRounding: z.string(),
});

export class RenewalView extends createZodDto(renewal) {}
export class RenewalRequestView extends createZodDto(request) {}
export class RenewalPolicyView extends createZodDto(policy) {}
export class RenewalPolicyPageView extends createZodDto(
  z.object({ data: z.array(policy), hasMore: z.boolean() }),
) {}

export const renewalView = ({ subscriptionId, renewal: row, next: due }: RenewalDetails) => ({
  subscriptionId,
  state: row.state,
  paidUntil: row.paidUntil,
  autoRenew: row.autoRenew,
  nextOfferingId: row.nextOfferingId,
  lapsedAt: row.lapsedAt,
  keptUntil: row.keptUntil,
  next: due && {
    offeringId: due.offeringId,
    amount: { minor: due.amountMinor, currency: due.currency },
    from: due.from,
    to: due.to,
  },
});

export const renewalRequestView = ({ _id, subscriptionId, requestedAt, outcome }: RenewalRequestRow) => ({
  id: _id,
  subscriptionId,
  requestedAt,
  outcome,
});

export const renewalPolicyView = ({
  version,
  validFrom,
  retryHours,
  graceHours,
  keepNumberDays,
  refundUnused,
  refundRounding,
}: Omit<RenewalPolicyRow, '_id' | 'createdAt'>) => ({
  version,
  validFrom,
  retryHours,
  graceHours,
  keepNumberDays,
  refundUnused,
  refundRounding,
});
