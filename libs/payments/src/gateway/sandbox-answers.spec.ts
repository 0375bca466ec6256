import { expect, it } from '@jest/globals';
import { outcomeOf } from './sandbox-answers';
import { isNeverSent } from './sandbox-gateway';

it.each([
  [200, { status: 'succeeded', id: 'ch_1', networkTransactionId: 'ntx_1' }, 'succeeded'],
  [202, { status: 'pending', id: 'ch_1' }, 'pending'],
  [200, { status: 'requiresAction', actionUrl: 'http://sandbox/actions/1' }, 'requiresAction'],
  [402, { status: 'declined', declineCode: 'stolen_card' }, 'declined'],
  [400, { code: 'invalid_request' }, 'gatewayFailure'],
  [401, { code: 'unauthenticated' }, 'gatewayFailure'],
  [422, { code: 'idempotency_key_reused' }, 'unknown'],
  [500, { code: 'gateway_error' }, 'unknown'],
  [503, { code: 'unavailable' }, 'unknown'],
  [200, { surprise: true }, 'unknown'],
  [200, null, 'unknown'],
])('an answer %i %j means %s', (status, body, state) => {
  expect(outcomeOf(status, body).state).toBe(state);
});

it.each([
  [new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }), true],
  [new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } }), true],
  [new TypeError('fetch failed', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }), true],
  [new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }), false],
  [new TypeError('fetch failed', { cause: { code: 'UND_ERR_SOCKET' } }), false],
  [new DOMException('timed out', 'TimeoutError'), false],
  ['anything', false],
])('after %s the request was never sent: %s', (error, neverSent) => {
  expect(isNeverSent(error)).toBe(neverSent);
});
