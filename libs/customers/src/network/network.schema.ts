import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { Restriction } from '../domain/network-state';

/** What we want of a SIM and what the network has confirmed; they differ while an order is under way. */
export interface NetworkStateRow {
  _id: string;
  iccid: string;
  subscriptionId: string;
  accountId: string;
  desired: Restriction;
  keepOpen: string[];
  /** The network's idempotency key of the order for `desired`. */
  orderKey: string;
  orderedAt: string;
  confirmed: Restriction | null;
  confirmedAt: string | null;
}

const text = { type: String, required: true };

export const NetworkStates = defineCollection<NetworkStateRow>(
  'networkStates',
  rowSchema({
    _id: text,
    iccid: text,
    subscriptionId: text,
    accountId: text,
    desired: text,
    keepOpen: [String],
    orderKey: text,
    orderedAt: text,
    confirmed: String,
    confirmedAt: String,
  }),
  [{ keys: { accountId: 1 } }],
);

/** A step that was taken; its key again is the same step. */
export interface TakenStepRow {
  _id: string;
  accountId: string;
  at: string;
  subscriptions: number;
}

export const TakenSteps = defineCollection<TakenStepRow>(
  'takenSteps',
  rowSchema({ _id: text, accountId: text, at: text, subscriptions: { type: Number, required: true } }),
  [{ keys: { accountId: 1 } }],
);
