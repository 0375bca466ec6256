import { expect, it } from '@jest/globals';
import { keepRawBody } from './raw-body';

it.each([
  ['webhook-signature', true],
  ['stripe-signature', true],
  ['authorization', false],
])('a request with %s keeps the bytes that came: %s', (header, kept) => {
  const request: Parameters<typeof keepRawBody>[0] = { headers: { [header]: 'x' } };
  keepRawBody(request, null, Buffer.from('{ }'));
  expect(request.rawBody?.toString()).toBe(kept ? '{ }' : undefined);
});
