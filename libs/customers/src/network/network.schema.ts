import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { SimState } from '@tollkeeper/contracts';

/** What we want of a SIM and what the network has confirmed; they differ while an order is under way. */
export interface NetworkStateRow {
  _id: string;
  iccid: string;
  /** Null: not ours, to be taken out of service. */
  subscriptionId: string | null;
  accountId: string | null;
  desired: SimState;
  imsi: string | null;
  msisdn: string | null;
  /** The latest order; it settles the SIM once `confirmedKey` is the same. */
  orderKey: string;
  sequence: number;
  orderedAt: string;
  confirmed: SimState | null;
  confirmedKey: string | null;
  confirmedAt: string | null;
}

const text = { type: String, required: true };

export const NetworkStates = defineCollection<NetworkStateRow>(
  'networkStates',
  rowSchema({
    _id: text,
    iccid: text,
    subscriptionId: String,
    accountId: String,
    desired: text,
    imsi: String,
    msisdn: String,
    orderKey: text,
    sequence: { type: Number, required: true },
    orderedAt: text,
    confirmed: String,
    confirmedKey: String,
    confirmedAt: String,
  }),
  [{ keys: { accountId: 1 } }, { keys: { iccid: 1 } }, { keys: { subscriptionId: 1 } }],
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
