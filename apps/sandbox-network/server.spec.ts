import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
});
const path = '/v1/sims/8901000000000000017/state';
const headers = {
  Authorization: 'Bearer key_for_specs',
  'Content-Type': 'application/json',
  'X-Tenant': 'ten_a',
  'X-Business-Time': '2026-07-01T00:00:00Z',
  'Idempotency-Key': 'key-1',
};
let server: Server;

beforeAll(async () => {
  server = createServer(buildServer(settings, new Books(settings.mongodbUri)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise<unknown>((closed) => server.close(closed).closeAllConnections()));

async function call(method: string, to: string, body?: unknown, changed: object = {}) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${to}`;
  const sent = {
    method,
    headers: { ...headers, ...changed },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
  const answer = await fetch(url, sent);
  return { status: answer.status, body: await answer.json() };
}

describe('the network refuses, and changes nothing,', () => {
  it.each([
    ['an unknown state', path, { state: 'off' }],
    ['an unknown field', path, { state: 'active', reason: 'x' }],
    ['an operator for a state', path, { state: { $ne: 'active' } }],
    ['a line that is no number', path, { state: 'barAll', keepOpen: ['police'] }],
    ['a short ICCID', '/v1/sims/89/state', { state: 'active' }],
  ])('%s', async (_what, to, body) => {
    expect(await call('PUT', to, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it.each([
    ['no idempotency key', { 'Idempotency-Key': '' }, 400],
    ['no tenant', { 'X-Tenant': '' }, 400],
    ['no business time', { 'X-Business-Time': '' }, 400],
    ['another key', { Authorization: 'Bearer key_of_others' }, 401],
  ])('%s', async (_what, changed, status) => {
    expect((await call('PUT', path, { state: 'active' }, changed)).status).toBe(status);
  });

  it('more than 1,000 orders at once', async () => {
    const items = Array.from({ length: 1001 }, (_, n) => ({
      key: `k${n}`,
      iccid: '8901000000000000017',
      state: 'active',
    }));
    expect((await call('POST', '/v1/sims/states', { items })).status).toBe(400);
  });
});

it('has nothing due, ever', async () => {
  expect(await call('GET', '/v1/due?tenant=ten_a')).toEqual({ status: 200, body: { nextAt: null } });
});
