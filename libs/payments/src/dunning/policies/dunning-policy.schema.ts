import type { Instant } from '@tollkeeper/calendar';
import type { DunningLevel, DunningPolicy } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Versions are never changed: an open case goes on with the one it began with. */
export interface DunningPolicyRow extends DunningPolicy {
  /** `<tenantId>/<policyId>/<version>` */
  _id: string;
  levels: DunningLevel[];
  createdAt: Instant;
}

export const DunningPolicies = defineCollection<DunningPolicyRow>(
  'dunningPolicies',
  rowSchema({
    _id: { type: String, required: true },
    policyId: { type: String, required: true },
    version: { type: BigInt, required: true },
    minimumMinor: { type: BigInt, required: true },
    stepHour: { type: BigInt, required: true },
    levels: { type: [Object], required: true },
    segments: { type: [String], default: undefined },
    minimumByCurrency: Object,
    minimumInvoices: BigInt,
    currencies: { type: [String], default: undefined },
    retries: Object,
    forbidden: Object,
    promises: Object,
    createdAt: { type: String, required: true },
  }),
  [{ keys: { policyId: 1, version: -1 }, unique: true }],
);
