import type { Instant } from '@tollkeeper/calendar';
import type { AttemptState } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Someone renewed by hand. */
export interface RenewalRequestRow {
  _id: string;
  subscriptionId: string;
  accountId: string;
  requestedAt: Instant;
  /** `null` until the charge is decided; `notRenewable`: nothing was left to renew when it came to it. */
  outcome: AttemptState | 'notRenewable' | null;
}

const text = { type: String, required: true };

export const RenewalRequests = defineCollection<RenewalRequestRow>(
  'renewalRequests',
  rowSchema({ _id: text, subscriptionId: text, accountId: text, requestedAt: text, outcome: String }),
  [{ keys: { subscriptionId: 1, _id: 1 } }],
);
