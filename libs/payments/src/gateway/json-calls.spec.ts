import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { JsonCalls } from './json-calls';
import { isNeverSent } from './sandbox-gateway';

let server: Server | null = null;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((closed) => (server ? server.close(closed) : closed(null)));
  server = null;
});

async function listening(answer: RequestListener): Promise<URL> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready));
  return new URL(`http://127.0.0.1:${(made.address() as AddressInfo).port}/v1/charges`);
}

const call = (url: URL, withinMs = 5_000) =>
  new JsonCalls().send({ method: 'POST', url, headers: { 'X-Tenant': 'ten_1' }, body: { a: 'é' }, withinMs });

it('sends JSON and reads JSON, over one connection', async () => {
  const ports = new Set<number | undefined>();
  const url = await listening((request, response) => {
    ports.add(request.socket.remotePort);
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method, headers } = request;
      response.writeHead(402).end(JSON.stringify({ method, tenant: headers['x-tenant'], body }));
    });
  });
  const calls = new JsonCalls();
  const send = () =>
    calls.send({
      method: 'POST',
      url,
      headers: { 'X-Tenant': 'ten_1' },
      body: { a: 'é' },
      withinMs: 5_000,
    });
  const answer = { status: 402, body: { method: 'POST', tenant: 'ten_1', body: '{"a":"é"}' } };
  expect(await send()).toEqual(answer);
  expect(await send()).toEqual(answer);
  expect(ports.size).toBe(1);
});

it('silence ends by the time-out, and may have been a charge', async () => {
  const url = await listening(() => undefined);
  const error: unknown = await call(url, 30).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ name: 'TimeoutError' });
  expect(isNeverSent(error)).toBe(false);
});

it('an answer that waited for this process, not the other way round, is no silence', async () => {
  const url = await listening((_request, response) => response.end('{"status":"succeeded"}'));
  const answer = call(url, 80);
  const busyUntil = performance.now() + 240;
  while (performance.now() < busyUntil);
  expect(await answer).toEqual({ status: 200, body: { status: 'succeeded' } });
});

it('so may a connection that is cut: before the answer, and within it', async () => {
  for (const begin of ['', '{"status":']) {
    const url = await listening((_request, response) => {
      if (begin) response.writeHead(200, { 'Content-Length': '100' }).write(begin);
      setImmediate(() => response.socket?.destroy());
    });
    const error: unknown = await call(url).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(isNeverSent(error)).toBe(false);
    server?.close();
  }
});

it('what is no JSON is no answer', async () => {
  const url = await listening((_request, response) => response.end('<html>'));
  await expect(call(url)).rejects.toThrow(SyntaxError);
});

it('nobody there: certainly never sent', async () => {
  const url = await listening(() => undefined);
  const made = server;
  await new Promise((closed) => made?.close(closed));
  server = null;
  const error: unknown = await call(url).catch((failure: unknown) => failure);
  expect(isNeverSent(error)).toBe(true);
});
