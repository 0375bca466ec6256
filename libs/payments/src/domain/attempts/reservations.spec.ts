import { describe, expect, it } from '@jest/globals';
import {
  availableMinor,
  coverPayables,
  isBeingCharged,
  owedMinor,
  type Reservation,
  totalOwedMinor,
} from './reservations';

const held = (amountMinor: number): Reservation => ({
  attemptId: 'att_1',
  paymentId: 'pay_1',
  amountMinor,
  state: 'held',
});
const captured = (amountMinor: number): Reservation => ({ ...held(amountMinor), state: 'captured' });
const payable = (openMinor: number, ...reservations: Reservation[]) => ({
  openMinor,
  currency: 'USD',
  reservations,
});

describe('a payable', () => {
  it.each([
    { open: 1000, reservations: [], available: 1000, owed: 1000, charged: false },
    { open: 1000, reservations: [held(1000)], available: 0, owed: 1000, charged: true },
    { open: 1000, reservations: [held(300), captured(200)], available: 500, owed: 800, charged: true },
    { open: 1000, reservations: [captured(1000)], available: 0, owed: 0, charged: false },
    // A credit note made the invoice smaller while a charge was on its way.
    { open: 400, reservations: [held(1000)], available: 0, owed: 400, charged: true },
    { open: 0, reservations: [captured(1000)], available: 0, owed: 0, charged: false },
  ])('open $open with $reservations.length reservations: $available available, $owed owed', (row) => {
    const subject = payable(row.open, ...row.reservations);
    expect(availableMinor(subject)).toBe(row.available);
    expect(owedMinor(subject)).toBe(row.owed);
    expect(isBeingCharged(subject)).toBe(row.charged);
  });

  it('adds up over an account', () => {
    expect(totalOwedMinor([payable(1000), payable(500, captured(200)), payable(0)], 'USD')).toBe(1300);
    expect(totalOwedMinor([], 'USD')).toBe(0);
  });
});

it.each([
  { amount: 300, covered: [300] },
  { amount: 1000, covered: [700, 300] },
  { amount: 5000, covered: [700, 500] },
])('$amount paid by hand covers $covered', ({ amount, covered }) => {
  const payables = [payable(700), payable(200, captured(200)), payable(500)];
  expect(coverPayables(payables, amount).map(({ amountMinor }) => amountMinor)).toEqual(covered);
});
