import { describe, expect, it } from '@jest/globals';
import { findCardNumber, holdsCardNumber } from './card-number';

describe('a card number', () => {
  // The schemes' public test numbers.
  it.each([
    ['4242424242424242', true],
    ['4242 4242 4242 4242', true],
    ['5555-5555-5555-4444', true],
    ['customer read out 378282246310005 by phone', true],
    ['4222222222222', true],
    ['4242424242424241', false],
    ['424242424242', false],
    ['9999999999999995', false],
    ['inv_4k2m9x0000000000', false],
    ['2026-03-01 12:00', false],
    ['', false],
  ])('"%s" is one: %s', (text, isOne) => {
    expect(holdsCardNumber(text)).toBe(isOne);
  });
});

it.each([
  [{ reason: 'fine', amount: { minor: 4242424242424242, currency: 'USD' } }, null],
  [{ reason: 'paid with 4242424242424242' }, 'reason'],
  [{ items: [{ reference: 'ok' }, { reference: '4242-4242-4242-4242' }] }, 'items.1.reference'],
  [{ card: 4242424242424242 }, 'card'],
  [{ '4242424242424242': 1 }, 'body'],
  [null, null],
])('in %j it is found at %s', (body, place) => {
  expect(findCardNumber(body)).toBe(place);
});
