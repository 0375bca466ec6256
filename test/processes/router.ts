import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a path belongs to another service than its second part says. */
const elsewhere: Readonly<Record<string, string>> = { 'test-clock': 'identity' };

export interface Router {
  readonly port: number;
  /** From now on `/v1/<service>/...` goes there. */
  send(service: string, port: number): void;
  stop(): Promise<void>;
}

/** One address for services that each have their own: what a load balancer does in front of them. */
export async function startRouter(host: string): Promise<Router> {
  const ports = new Map<string, number>();
  const server = createServer((incoming, answer) => {
    const name = (incoming.url ?? '').split(/[/?]/)[2] ?? '';
    const port = ports.get(elsewhere[name] ?? name);
    if (port === undefined) {
      answer.writeHead(502).end('{}');
      return;
    }
    const { method, url, headers } = incoming;
    const outgoing = request({ host, port, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.writeHead(502).end('{}'));
    incoming.pipe(outgoing);
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  return {
    port: (server.address() as AddressInfo).port,
    send: (service, port) => void ports.set(service, port),
    stop: () => stopServer(server),
  };
}

async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
}
