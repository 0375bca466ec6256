import { expect, it } from '@jest/globals';
import { type ReservationFacts, reservationFault } from './reservations';

const reserved = (state: 'held' | 'captured') => ({
  revision: 2,
  reservation: { attemptId: 'att_1', paymentId: 'pay_1', amountMinor: 500, state },
});
const facts = (change: Partial<ReservationFacts>): ReservationFacts => ({
  attempt: 'succeeded',
  isPaid: true,
  isApplied: true,
  invoiceRevision: 2,
  ...change,
});

it.each<['held' | 'captured', Partial<ReservationFacts>, 'breach' | 'pending' | null]>([
  ['held', { attempt: 'created' }, null],
  ['held', { attempt: 'unknown' }, null],
  ['held', { attempt: 'declined' }, 'breach'],
  ['held', { attempt: null }, 'breach'],
  ['captured', { isPaid: false, isApplied: false }, 'breach'],
  ['captured', { isApplied: false }, 'pending'],
  ['captured', { invoiceRevision: 3 }, 'pending'],
  ['captured', {}, 'breach'],
])('%s with %j: %s', (state, change, kind) => {
  expect(reservationFault(reserved(state), facts(change))?.kind ?? null).toBe(kind);
});
