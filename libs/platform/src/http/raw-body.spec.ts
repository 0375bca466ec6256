import { expect, it } from '@jest/globals';
import { keepRawBody } from './raw-body';

it.each([
  ['/v1/payments/webhooks/sandbox', true],
  ['/v1/payments/webhooks/stripe/ten_1', true],
  ['/v1/payments/payments', false],
])('of a request to %s the bytes that came are kept: %s', (url, kept) => {
  const request: Parameters<typeof keepRawBody>[0] = { url };
  keepRawBody(request, null, Buffer.from('{ }'));
  expect(request.rawBody?.toString()).toBe(kept ? '{ }' : undefined);
});
