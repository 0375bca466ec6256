import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { SimState } from '@tollkeeper/contracts';
import { NetworkOrderRepository } from './network-order.repository';

/** What a SIM shall be from now on. `imsi` and `msisdn` left out stay as they were last ordered. */
export interface WantedSim {
  /** `<orderId>/<step>`: the same key again is the same order. */
  key: string;
  iccid: string;
  subscriptionId: string;
  accountId: string;
  /** `active` also activates a new SIM, changes its number (with `msisdn`) and lifts a bar. */
  desired: SimState;
  imsi?: string;
  msisdn?: string;
  /** A SIM swap: the card that this one takes the place of; it is deactivated by the same order. */
  replaces?: string;
  /** Is signalled with `networkAnswered` once the network confirmed or refused. */
  notify?: { processId: string };
}

export interface NetworkOutcome {
  key: string;
  /** An order that a later one of the same SIM replaced has the later one's outcome. */
  state: 'pending' | 'confirmed' | 'refused';
  detail: string;
}

/** The door to the network for everything in customers: orders are placed here and carried by `provisioning`. */
@Injectable()
export class NetworkOrders {
  constructor(private readonly orders: NetworkOrderRepository) {}

  /** In the caller's transaction: nothing leaves before it commits. */
  async place(tenantId: string, at: Instant, orders: WantedSim[]): Promise<void> {
    await Promise.reject(new Error(`not built yet: ${tenantId} ${at} ${orders.length}`));
  }

  async outcomeOf(tenantId: string, keys: string[]): Promise<NetworkOutcome[]> {
    const found = new Map((await this.orders.findMany(tenantId, keys)).map((row) => [row.key, row]));
    return keys.map((key) => ({ key, state: 'pending', detail: found.get(key)?.detail ?? '' }));
  }
}
