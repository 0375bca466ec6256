import type { Instant } from '@tollkeeper/calendar';
import type { RenewalRules } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Versions are never changed; of those in force the latest counts. */
export interface RenewalPolicyRow extends RenewalRules {
  /** `<tenantId>/<version>` */
  _id: string;
  version: number;
  validFrom: Instant;
  createdAt: Instant;
}

const text = { type: String, required: true };
const whole = { type: BigInt, required: true };

export const RenewalPolicies = defineCollection<RenewalPolicyRow>(
  'renewalPolicies',
  rowSchema({
    _id: text,
    version: whole,
    validFrom: text,
    retryHours: { type: [BigInt], required: true },
    graceHours: whole,
    keepNumberDays: BigInt,
    refundUnused: { type: Boolean, required: true },
    refundRounding: text,
    createdAt: text,
  }),
  [{ keys: { version: -1 }, unique: true }],
);
