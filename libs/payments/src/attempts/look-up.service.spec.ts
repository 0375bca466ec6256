import { expect, it } from '@jest/globals';
import type { AttemptProgress } from '../domain/attempts/attempt-states';
import type { Finding } from '../gateway/payment-gateway';
import { readFinding } from './look-up.service';

const succeeded: Finding = { state: 'succeeded', gatewayId: 'ch_1', networkTransactionId: 'ntx_1' };
const pending: Finding = { state: 'pending', gatewayId: 'ch_1' };
const declined: Finding = { state: 'declined', declineCode: 'insufficient_funds', category: 'soft' };
const notFound: Finding = { state: 'notFound' };
const unavailable: Finding = { state: 'unavailable', cause: 'status503' };

it.each<[AttemptProgress, Finding, boolean, string | null]>([
  ['unknown', succeeded, false, 'succeeded'],
  ['unknown', pending, true, 'pending'],
  ['unknown', notFound, false, null],
  ['unknown', notFound, true, 'gatewayFailure'],
  ['unknown', unavailable, true, null],
  ['created', notFound, true, 'gatewayFailure'],
  ['pending', pending, true, null],
  ['pending', notFound, true, null],
  ['pending', succeeded, true, 'succeeded'],
  ['pending', declined, true, 'declined'],
])('%s, gateway says %j, timed out %s: %s', (state, finding, timedOut, outcome) => {
  expect(readFinding(state, finding, timedOut)?.state ?? null).toBe(outcome);
});
