import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Books } from './books';
import { buildServer } from './server';
import { readSettings } from './settings';

const STOP_WITHIN_MS = 5000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const books = new Books(settings.mongodbUri);
  await books.open();

  const server = createServer();
  const url = () => `http://${settings.host}:${(server.address() as AddressInfo).port}`;
  server.on('request', buildServer(settings, books));
  // Longer than clients keep an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(settings.port, settings.host, listening);
  });
  console.log(JSON.stringify({ listening: url() }));

  const stop = () => {
    server.close(() => void books.close());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS).unref();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
