import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Books } from './books';
import { buildServer } from './server';
import { readSettings } from './settings';

// The books connect at their first use; nothing asked for here gets that far.
const settings = readSettings({
  PORT: '0',
  MONGODB_URI: 'mongodb://127.0.0.1:1',
  SANDBOX_NETWORK_KEY: 'key_for_specs',
  SANDBOX_NETWORK_SECRET: 'secret_for_specs',
});
const path = '/v1/orders';
const iccid = '8901000000000000017';
const order = { key: 'key-1', kind: 'setState', iccid, state: 'active', sequence: 1 };
const headers = {
  Authorization: 'Bearer key_for_specs',
  'Content-Type': 'application/json',
  'X-Tenant': 'ten_a',
  'X-Business-Time': '2026-07-01T00:00:00Z',
};
let server: Server;

beforeAll(async () => {
  server = createServer(buildServer(settings, new Books(settings.mongodbUri)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise<unknown>((closed) => server.close(closed).closeAllConnections()));

interface Signing {
  secret?: string;
  secondsAgo?: number;
  signedBody?: unknown;
}

async function call(method: string, to: string, body?: unknown, changed: object = {}, signing: Signing = {}) {
  const { secret = settings.secret, secondsAgo = 0, signedBody = body } = signing;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${to}`;
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const text = signedBody === undefined ? '' : JSON.stringify(signedBody);
  const content = ['id', timestamp, 'ten_a', headers['X-Business-Time'], method, to, text].join('.');
  const answer = await fetch(url, {
    method,
    headers: {
      ...headers,
      'request-id': 'id',
      'request-timestamp': timestamp,
      'request-signature': `v1,${createHmac('sha256', secret).update(content).digest('base64')}`,
      ...changed,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

describe('the network refuses, and changes nothing,', () => {
  it.each([
    ['an unknown state', { ...order, state: 'off' }],
    ['an unknown kind of order', { ...order, kind: 'lend' }],
    ['an unknown field', { ...order, reason: 'x' }],
    ['an operator for a state', { ...order, state: { $ne: 'active' } }],
    ['a line that is no number', { ...order, state: 'barAll', keepOpen: ['police'] }],
    ['a short ICCID', { ...order, iccid: '89' }],
    ['an order without its number', { ...order, sequence: undefined }],
  ])('%s', async (_what, item) => {
    expect(await call('POST', path, { items: [item] })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it.each<[string, object, Signing, number]>([
    ['no tenant', { 'X-Tenant': '' }, {}, 401],
    ['another business time than was signed', { 'X-Business-Time': '2026-07-02T00:00:00Z' }, {}, 401],
    ['no signature', { 'request-signature': '' }, {}, 401],
    ['the signature of another secret', {}, { secret: 'secret_of_others' }, 401],
    ['the signature of another body', {}, { signedBody: { items: [] } }, 401],
    ['an old signature', {}, { secondsAgo: 600 }, 401],
    ['another key', { Authorization: 'Bearer key_of_others' }, {}, 401],
  ])('%s', async (_what, changed, signing, status) => {
    expect((await call('POST', path, { items: [order] }, changed, signing)).status).toBe(status);
  });

  it('its list to whoever cannot sign', async () => {
    const answer = await call('GET', '/v1/sims?limit=5', undefined, { 'request-signature': 'v1,' });
    expect(answer).toMatchObject({ status: 401, body: { code: 'bad_signature' } });
  });

  it('more than 1,000 orders at once', async () => {
    const items = Array.from({ length: 1001 }, (_, n) => ({ ...order, key: `k${n}` }));
    expect((await call('POST', path, { items })).status).toBe(400);
  });

  it('a behaviour that it does not know', async () => {
    expect((await call('PUT', '/v1/behaviour', { acknowledge: 'perhaps' })).status).toBe(400);
  });
});

it('has nothing due, ever', async () => {
  expect(await call('GET', '/v1/due?tenant=ten_a')).toEqual({ status: 200, body: { nextAt: null } });
});
