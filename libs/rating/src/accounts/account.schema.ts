import type { Cycle } from '@tollkeeper/calendar';
import type { SubscriptionProfile } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { SubscriberAccount } from '@tollkeeper/tariff';

/** A copy of what customers tells of a payer, as far as rating needs it. */
export interface AccountRow extends SubscriberAccount {
  _id: string;
  revision: number;
  /** `msisdn:...`, `imsi:...`: what a record may name; ever, not only today. */
  identifierKeys: string[];
  cycle: Cycle | null;
  /** Has a credit limit or a usage cap; left out: neither. */
  creditWatched?: boolean;
  subscriptions: SubscriptionProfile[];
}

export const Accounts = defineCollection<AccountRow>(
  'accounts',
  rowSchema({
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    revision: { type: Number, required: true },
    zone: { type: String, required: true },
    cycle: { type: Object },
    creditWatched: Boolean,
    identifierKeys: [{ type: String }],
    subscriptions: [{ type: Object }],
  }),
  [{ keys: { identifierKeys: 1 } }, { keys: { 'subscriptions.subscriptionId': 1 } }],
);
