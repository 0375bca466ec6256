import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const STOP_WITHIN_MS = 5000;

export interface Edge {
  host: string;
  port: number;
  books: { open(): Promise<void>; close(): Promise<void> };
  /** `url` is asked for late: a server on a free port learns its address when it listens. */
  server(url: () => string): RequestListener;
}

/** The whole of a main.ts: listen until told to stop. */
export function runEdge(prepare: () => Edge): void {
  listen(prepare).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}

async function listen(prepare: () => Edge): Promise<void> {
  const { host, port, books, server: listener } = prepare();
  await books.open();

  const server = createServer();
  const url = () => `http://${host}:${(server.address() as AddressInfo).port}`;
  server.on('request', listener(url));
  // Longer than clients keep an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, host, listening);
  });
  console.log(JSON.stringify({ listening: url() }));

  const stop = () => {
    server.close(() => void books.close());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS).unref();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}
