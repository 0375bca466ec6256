import type { Instant } from '@tollkeeper/calendar';
import type { Settings } from '@tollkeeper/platform';
import { z } from 'zod';
import type { Restriction } from '../domain/network-state';

export interface SimOrder {
  /** The same key is the same order, however often it is sent. */
  key: string;
  iccid: string;
  state: Restriction;
  /** Numbers that a barred or suspended SIM still reaches. */
  keepOpen: string[];
}

/** The network's side of a subscription, at an MNO or MVNE. */
export interface Provisioning {
  /** Returns when the network has acknowledged every order; throws when it is away or refuses one. */
  setStates(tenantId: string, at: Instant, orders: SimOrder[]): Promise<void>;
}

export const provisioningEdge = Symbol('Provisioning');

const ordersPerCall = 500;
const answerWithinMs = 8_000;

const answerShape = z.object({
  items: z.array(z.object({ key: z.string(), status: z.number(), detail: z.string().optional() })),
});

/** Speaks to the network over HTTP; the sandbox's network answers the same calls. */
export class HttpProvisioning implements Provisioning {
  constructor(private readonly settings: Settings) {}

  async setStates(tenantId: string, at: Instant, orders: SimOrder[]): Promise<void> {
    for (let first = 0; first < orders.length; first += ordersPerCall) {
      await this.send(tenantId, at, orders.slice(first, first + ordersPerCall));
    }
  }

  private async send(tenantId: string, at: Instant, items: SimOrder[]): Promise<void> {
    const { SANDBOX_NETWORK_URL, SANDBOX_NETWORK_KEY } = this.settings.values;
    const response = await fetch(`${SANDBOX_NETWORK_URL}/v1/sims/states`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${SANDBOX_NETWORK_KEY}`,
        'Content-Type': 'application/json',
        'X-Tenant': tenantId,
        'X-Business-Time': at,
      },
      body: JSON.stringify({ items }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (!response.ok)
      throw new Error(`the network answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
    const answered = new Map(answerShape.parse(await response.json()).items.map((item) => [item.key, item]));
    for (const { key, iccid } of items) {
      const answer = answered.get(key);
      if (answer?.status !== 200)
        throw new Error(`the network did not acknowledge ${iccid}: ${answer?.detail ?? 'no answer'}`);
    }
  }
}
