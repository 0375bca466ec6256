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

const failed = (code: string): Error => Object.assign(new Error(`failed with ${code}`), { code });

it.each<[string, unknown, boolean]>([
  ['ECONNREFUSED', failed('ECONNREFUSED'), true],
  ['ENOTFOUND', failed('ENOTFOUND'), true],
  ['ECONNRESET', failed('ECONNRESET'), false],
  ['EPIPE', failed('EPIPE'), false],
  ['a time-out', new DOMException('timed out', 'TimeoutError'), false],
  ['no JSON', new SyntaxError('no JSON'), false],
  ['anything', 'anything', false],
])('after %s', (_what, error, neverSent) => {
  expect(isNeverSent(error)).toBe(neverSent);
});

it.each([
  ['visa', '14', '01', true],
  ['visa', '51', '03', undefined],
  ['mastercard', '51', '03', true],
  ['amex', '14', '03', undefined],
])(
  'a decline of a %s card with %s, advice %s: never again %s',
  (brand, networkDeclineCode, adviceCode, isFinal) => {
    const answer = { status: 'declined', declineCode: 'do_not_honor', brand, networkDeclineCode, adviceCode };
    expect(outcomeOf(402, answer)).toEqual({
      ...{ state: 'declined', declineCode: 'do_not_honor', category: 'soft' },
      ...(isFinal ? { isFinal } : {}),
    });
  },
);
