import type { IncomingMessage } from 'node:http';

/** A webhook's signature, whoever's it is, is checked over the bytes that came, before anything is parsed. */
export function keepRawBody(
  request: Pick<IncomingMessage, 'url'> & { rawBody?: Buffer },
  _: unknown,
  body: Buffer,
): void {
  if (request.url?.includes('/webhooks/')) request.rawBody = body;
}
