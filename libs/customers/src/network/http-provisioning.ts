import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@tollkeeper/calendar';
import type { Settings } from '@tollkeeper/platform';
import { z } from 'zod';
import { barStates } from '../domain/bar-profiles';
import { NetworkAway, type OrderAnswer, type Provisioning, type SimOrder } from './provisioning-network';

const itemsPerCall = 500;
const answerWithinMs = 4_000;
/** Real time between the tries of one call; longer waits are the process's. */
const pausesMs = [200, 800];

const answered = z.object({
  items: z.array(z.object({ key: z.string(), status: z.number(), detail: z.string().optional() })),
});
const listed = z.object({
  sims: z.array(
    z.object({
      iccid: z.string(),
      state: z.enum(['active', ...barStates, 'deactivated']),
      imsi: z.string().nullable(),
      msisdn: z.string().nullable(),
    }),
  ),
  hasMore: z.boolean(),
});

interface Call<Shape extends z.ZodType> {
  tenantId: string;
  at: Instant;
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  shape: Shape;
}

/** Speaks to the network over HTTP, signed; the sandbox's network answers the same calls. */
export class HttpProvisioning implements Provisioning {
  constructor(private readonly settings: Settings) {}

  async send(tenantId: string, at: Instant, orders: SimOrder[]): Promise<OrderAnswer[]> {
    return this.inParts(orders, (items) => ({
      ...{ tenantId, at, method: 'POST', path: '/v1/orders', body: { items }, shape: answered },
    }));
  }

  async askFor(tenantId: string, at: Instant, keys: string[]): Promise<OrderAnswer[]> {
    return this.inParts(keys, (part) => ({
      ...{ tenantId, at, method: 'POST', path: '/v1/orders/acknowledgements', body: { keys: part } },
      shape: answered,
    }));
  }

  async list(tenantId: string, at: Instant, { after, limit }: { after: string | null; limit: number }) {
    const query = `limit=${limit}${after === null ? '' : `&startingAfter=${encodeURIComponent(after)}`}`;
    return this.call({ tenantId, at, method: 'GET', path: `/v1/sims?${query}`, shape: listed });
  }

  private async inParts<Item>(
    items: Item[],
    callFor: (part: Item[]) => Call<typeof answered>,
  ): Promise<OrderAnswer[]> {
    const answers: OrderAnswer[] = [];
    for (let first = 0; first < items.length; first += itemsPerCall) {
      const { items: part } = await this.call(callFor(items.slice(first, first + itemsPerCall)));
      answers.push(...part.map(({ key, status, detail = '' }) => ({ key, state: stateOf(status), detail })));
    }
    return answers;
  }

  /** A few tries of the same request; the network knows the orders by their keys. */
  private async call<Shape extends z.ZodType>(call: Call<Shape>): Promise<z.output<Shape>> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.once(call);
      } catch (error) {
        const wait = pausesMs[tries];
        if (wait === undefined) throw new NetworkAway(error instanceof Error ? error.message : String(error));
        await pause(wait);
      }
    }
  }

  private async once<Shape extends z.ZodType>(call: Call<Shape>): Promise<z.output<Shape>> {
    const { SANDBOX_NETWORK_URL } = this.settings.values;
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const response = await fetch(`${SANDBOX_NETWORK_URL}${call.path}`, {
      method: call.method,
      headers: this.headersOf(call, body),
      ...(call.body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    if (!response.ok)
      throw new Error(`the network answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return call.shape.parse(await response.json());
  }

  private headersOf({ tenantId, at, method, path }: Call<z.ZodType>, body: string): Record<string, string> {
    const { SANDBOX_NETWORK_KEY, SANDBOX_NETWORK_SECRET } = this.settings.values;
    const id = randomUUID();
    const timestamp = String(Math.floor(Date.now() / 1000));
    return {
      Authorization: `Bearer ${SANDBOX_NETWORK_KEY}`,
      'Content-Type': 'application/json',
      'X-Tenant': tenantId,
      'X-Business-Time': at,
      'request-id': id,
      'request-timestamp': timestamp,
      'request-signature': signRequest(SANDBOX_NETWORK_SECRET, {
        ...{ id, timestamp, tenantId, at, method, path, body },
      }),
    };
  }
}

interface SignedRequest {
  id: string;
  /** Seconds of real time: whoever checks refuses old ones, against replays. */
  timestamp: string;
  tenantId: string;
  at: Instant;
  method: string;
  path: string;
  body: string;
}

/** As Standard Webhooks sign, over all that decides what a request does. */
export function signRequest(secret: string, request: SignedRequest): string {
  const { id, timestamp, tenantId, at, method, path, body } = request;
  const signed = [id, timestamp, tenantId, at, method, path, body].join('.');
  return `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`;
}

function stateOf(status: number): OrderAnswer['state'] {
  if (status === 200) return 'acknowledged';
  if (status === 202) return 'accepted';
  return status === 404 ? 'unknown' : 'refused';
}
