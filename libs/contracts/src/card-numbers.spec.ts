import { describe, expect, it } from '@jest/globals';
import { findCardNumber, holdsCardNumber } from './card-numbers';

describe('a card number', () => {
  // The schemes' public test numbers.
  it.each([
    ['4242424242424242', true],
    ['4242 4242 4242 4242', true],
    ['5555-5555-5555-4444', true],
    ['4242.4242.4242.4242', true],
    ['2223003122003222', true],
    ['30569309025904', true],
    ['customer read out 378282246310005 by phone', true],
    ['pan:4242424242424242.', true],
    ['4242 4242 4242 4242 12 27 123', true],
    ['4242424242424242 737', true],
    ['on 2026-11-23 4242 4242 4242 4242', true],
    ['4242424242424241', false],
    ['424242424242', false],
    ['9999999999999995', false],
    ['8901260012345678901', false],
    ['2026010112000000', false],
    ['2026-03-01 12:00', false],
    ['2026-02-01T05:00:00.000Z', false],
    // A phone number of 13 digits; no scheme issues that length.
    ['4222222222222', false],
    ['+4242424242424242', false],
    ['inv_4242424242424242', false],
    ['inv_3f7b4242424242424242', false],
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
  [{ iccid: '4242424242424242', imsi: '4242424242424242', msisdn: '4242424242424242' }, null],
  [{ amountMicro: 4242424242424242 }, null],
  [{ _id: null, at: undefined, on: new Date(0), kept: true }, null],
  [null, null],
])('in %j it is found at %s', (body, place) => {
  expect(findCardNumber(body)).toBe(place);
});
