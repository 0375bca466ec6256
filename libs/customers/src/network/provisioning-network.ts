import type { Instant } from '@tollkeeper/calendar';
import type { SimState } from '@tollkeeper/contracts';

export type SimOrderKind = 'activate' | 'setState' | 'changeMsisdn' | 'swapSim' | 'deactivate';

/** A card that goes out of service in a swap; the sequence is of its own orders. */
export interface ReplacedCard {
  iccid: string;
  sequence: number;
}

/** The whole profile that a SIM shall have, and what about it is new. */
export interface SimOrder {
  /** The same key is the same order, however often it is sent. */
  key: string;
  kind: SimOrderKind;
  iccid: string;
  state: SimState;
  imsi: string | null;
  msisdn: string | null;
  /** Of a SIM swap: the cards that go out of service. */
  replaces: ReplacedCard[];
  /** Numbers that the SIM reaches in every state. */
  keepOpen: string[];
  services: string[];
  /** Counts the SIM's orders: an older one never undoes a newer. */
  sequence: number;
}

export interface OrderAnswer {
  key: string;
  /** `accepted`: the network has it and will say more; `unknown`: it has no such order. */
  state: 'acknowledged' | 'accepted' | 'refused' | 'unknown';
  detail: string;
}

export interface NetworkSim {
  iccid: string;
  state: SimState;
  imsi: string | null;
  msisdn: string | null;
}

/** The network is away, or does not speak as agreed: nothing is known of what was asked. */
export class NetworkAway extends Error {}

/** The network's side of subscriptions, at an MNO or MVNE. Every call throws `NetworkAway` when it has no answer. */
export interface Provisioning {
  send(tenantId: string, at: Instant, orders: SimOrder[]): Promise<OrderAnswer[]>;
  /** Asks for acknowledgements that were not given at once. */
  askFor(tenantId: string, at: Instant, keys: string[]): Promise<OrderAnswer[]>;
  /** The network's own list of SIMs, by ICCID. */
  list(
    tenantId: string,
    at: Instant,
    page: { after: string | null; limit: number },
  ): Promise<{ sims: NetworkSim[]; hasMore: boolean }>;
}

export const provisioningEdge = Symbol('Provisioning');
