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
  SANDBOX_GATEWAY_KEY: 'key_for_specs',
  SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:1/webhook',
  SANDBOX_WEBHOOK_SECRET: 'secret_for_specs',
});
const good = { amountMinor: 1299, currency: 'USD', token: 'tok_ok', reference: 'pay_1' };
const headers = {
  Authorization: 'Bearer key_for_specs',
  'Content-Type': 'application/json',
  'X-Tenant': 'ten_a',
  'X-Business-Time': '2026-07-01T00:00:00Z',
  'Idempotency-Key': 'key-1',
};
let server: Server;

beforeAll(async () => {
  server = createServer(buildServer(settings, new Books(settings.mongodbUri), () => 'http://sandbox'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise<unknown>((closed) => server.close(closed).closeAllConnections()));

async function call(method: string, path: string, more: { headers?: object; body?: unknown } = {}) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const body = more.body === undefined ? undefined : JSON.stringify(more.body);
  const answer = await fetch(url, { method, body, headers: { ...headers, ...more.headers } });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

describe('the card gateway refuses, and books nothing,', () => {
  it.each([
    ['no amount', { ...good, amountMinor: undefined }],
    ['a zero amount', { ...good, amountMinor: 0 }],
    ['a broken amount', { ...good, amountMinor: 12.5 }],
    ['an amount beyond safe integers', { ...good, amountMinor: 2 ** 53 }],
    ['a lower-case currency', { ...good, currency: 'usd' }],
    ['an operator for a token', { ...good, token: { $ne: '' } }],
    ['an unknown field', { ...good, capture: true }],
  ])('%s', async (_what, body) => {
    expect(await call('POST', '/v1/charges', { body })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it.each([
    ['no idempotency key', { 'Idempotency-Key': '' }, 400, 'missing_header'],
    ['no tenant', { 'X-Tenant': '' }, 400, 'missing_header'],
    ['no business time', { 'X-Business-Time': '' }, 400, 'missing_header'],
    ['a date for an instant', { 'X-Business-Time': '2026-07-01' }, 400, 'invalid_request'],
    ['another key', { Authorization: 'Bearer key_of_others' }, 401, 'unauthenticated'],
  ])('%s', async (_what, changed, status, code) => {
    expect(await call('POST', '/v1/charges', { headers: changed, body: good })).toMatchObject({
      status,
      body: { code },
    });
  });

  it('a query for the books of two tenants', async () => {
    expect(await call('GET', '/v1/charges?tenant=ten_b')).toMatchObject({
      body: { code: 'tenant_mismatch' },
    });
  });
});

describe('the stored card of a token', () => {
  it('is always the same', async () => {
    const first = await call('GET', '/v1/tokens/tok_soft-ok.17');
    expect(first.body).toMatchObject({
      last4: expect.stringMatching(/^\d{4}$/),
      expiry: expect.stringMatching(/^2035-/),
    });
    expect(await call('GET', '/v1/tokens/tok_soft-ok.17')).toEqual(first);
  });
  it('has expired when the script says so', async () => {
    expect((await call('GET', '/v1/tokens/tok_expired')).body).toMatchObject({
      expiry: expect.stringMatching(/^2020-/),
    });
  });
  it('is unknown for an unknown token', async () => {
    expect((await call('GET', '/v1/tokens/tok_nope')).status).toBe(404);
  });
});

describe('a fault', () => {
  const card = (tenant = 'ten_a') => call('GET', '/v1/tokens/tok_ok', { headers: { 'X-Tenant': tenant } });

  it('fails the next n calls of its tenant, no others', async () => {
    await call('POST', '/v1/faults', { body: { failNext: 2 } });
    const statuses = [await card('ten_b'), await card(), await card(), await card()].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([200, 500, 500, 200]);
  });
  it('keeps the gateway down until cleared', async () => {
    await call('POST', '/v1/faults', { body: { downUntilCleared: true } });
    expect(await card()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect((await call('DELETE', '/v1/faults')).status).toBe(204);
    expect((await card()).status).toBe(200);
  });
});
