import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '@tollkeeper/platform';
import { HttpProvisioning, signRequest } from './http-provisioning';
import { NetworkAway, type SimOrder } from './provisioning-network';

const at = '2026-03-01T12:00:00.000Z';
const order: SimOrder = {
  ...{ key: 'k1', kind: 'setState', iccid: '8901000000000000017', state: 'active', sequence: 1 },
  ...{ imsi: null, msisdn: null, replaces: [], keepOpen: [], services: [] },
};

interface Seen {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('the network over HTTP', () => {
  let server: Server;
  let seen: Seen[];
  let answers: { status: number; body: object }[];
  let provisioning: HttpProvisioning;

  beforeEach(async () => {
    [seen, answers] = [[], []];
    server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        seen.push({ url: req.url ?? '', headers: req.headers, body });
        const answer = answers.shift() ?? { status: 503, body: {} };
        res.writeHead(answer.status).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const SANDBOX_NETWORK_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const values = { SANDBOX_NETWORK_URL, SANDBOX_NETWORK_KEY: 'key', SANDBOX_NETWORK_SECRET: 'secret' };
    provisioning = new HttpProvisioning({ values } as Settings);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return new Promise<unknown>((closed) => server.close(closed).closeAllConnections());
  });

  it('reads each answer by its own status', async () => {
    const items = [200, 202, 404, 422].map((status, index) => ({ key: `k${index}`, status, detail: 'why' }));
    answers = [{ status: 200, body: { items } }];
    const got = await provisioning.send('ten_a', at, [order]);
    expect(got.map(({ state }) => state)).toEqual(['acknowledged', 'accepted', 'unknown', 'refused']);
  });

  it('signs what it sends: tenant, business time, way and body', async () => {
    answers = [{ status: 200, body: { items: [] } }];
    await provisioning.send('ten_a', at, [order]);
    const [{ headers, body, url }] = seen as [Seen];
    const [id, timestamp] = [String(headers['request-id']), String(headers['request-timestamp'])];
    expect(headers['request-signature']).toBe(
      signRequest('secret', { id, timestamp, tenantId: 'ten_a', at, method: 'POST', path: url, body }),
    );
  });

  it('tries the same request again when the network fails, with the same keys', async () => {
    answers = [
      { status: 500, body: {} },
      { status: 200, body: { items: [{ key: 'k1', status: 200 }] } },
    ];
    expect(await provisioning.send('ten_a', at, [order])).toMatchObject([{ state: 'acknowledged' }]);
    expect(seen.map(({ body }) => body)).toEqual([seen[0]?.body, seen[0]?.body]);
  });

  it('gives up after three tries: the network is away', async () => {
    await expect(provisioning.askFor('ten_a', at, ['k1'])).rejects.toBeInstanceOf(NetworkAway);
    expect(seen).toHaveLength(3);
  });

  it('takes an answer that it cannot read for none', async () => {
    answers = Array.from({ length: 3 }, () => ({ status: 200, body: { sims: 'many' } }));
    await expect(provisioning.list('ten_a', at, { after: null, limit: 5 })).rejects.toBeInstanceOf(
      NetworkAway,
    );
  });
});
