import type { IncomingMessage } from 'node:http';

/** Of the sandbox gateway (Standard Webhooks) and of Stripe. */
const signatureHeaders = ['webhook-signature', 'stripe-signature'];

/** A webhook's signature is checked over the bytes that came, before anything is parsed. */
export function keepRawBody(
  request: Pick<IncomingMessage, 'headers'> & { rawBody?: Buffer },
  _: unknown,
  body: Buffer,
): void {
  if (signatureHeaders.some((name) => request.headers[name])) request.rawBody = body;
}
