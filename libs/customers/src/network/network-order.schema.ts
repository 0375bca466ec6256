import type { SimState } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { ReplacedCard, SimOrderKind } from './provisioning-network';

/** `toSend` and `accepted` are open: the first has not reached the network, the second waits for its word. */
type NetworkOrderState = 'toSend' | 'accepted' | 'confirmed' | 'refused' | 'superseded';

export const openStates: readonly NetworkOrderState[] = ['toSend', 'accepted'];

/** One order to the network about one SIM: the whole profile that the SIM shall have. */
export interface NetworkOrderRow {
  _id: string;
  /** The caller's key, and the network's idempotency key. */
  key: string;
  kind: SimOrderKind;
  iccid: string;
  subscriptionId: string | null;
  accountId: string | null;
  desired: SimState;
  imsi: string | null;
  msisdn: string | null;
  /** A SIM swap: the cards that this one takes the place of, each with the number of this order among its own. */
  replaces: ReplacedCard[];
  /** Numbers that stay within reach whatever is barred. */
  keepOpen: string[];
  /** What else the state leaves: `incomingCalls`, `data` ... */
  services: string[];
  /** Counts the SIM's orders: the network never lets an older one undo a newer. */
  sequence: number;
  placedAt: string;
  state: NetworkOrderState;
  /** How often it was sent or asked for. */
  tries: number;
  /** Null: at once. */
  nextAskAt: string | null;
  /** Of a superseded order: the key of the one that took its place. */
  replacedBy: string | null;
  answeredAt: string | null;
  detail: string;
  /** Processes that wait for the answer. */
  notify: string[];
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

export const NetworkOrders = defineCollection<NetworkOrderRow>(
  'networkOrders',
  rowSchema({
    _id: text,
    key: text,
    kind: text,
    iccid: text,
    subscriptionId: String,
    accountId: String,
    desired: text,
    imsi: String,
    msisdn: String,
    replaces: [rowSchema({ iccid: text, sequence: count })],
    keepOpen: [String],
    services: [String],
    sequence: count,
    placedAt: text,
    state: text,
    tries: count,
    nextAskAt: String,
    replacedBy: String,
    answeredAt: String,
    detail: String,
    notify: [String],
  }),
  [
    { keys: { state: 1, nextAskAt: 1 } },
    { keys: { iccid: 1, sequence: -1 } },
    { keys: { subscriptionId: 1 } },
  ],
);
