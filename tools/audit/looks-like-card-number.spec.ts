import { expect, it } from '@jest/globals';
import { cardNumberIn, looksLikeCardNumber } from './looks-like-card-number';

it.each<[string, boolean]>([
  ['4242424242424242', true],
  ['card 4242 4242 4242 4242 thanks', true],
  ['5555-5555-5555-4444', true],
  ['2223003122003222', true],
  ['378282246310005', true],
  ['4242424242424241', false],
  ['2026010112000000', false],
  ['8901260012345678901', false],
  ['inv_4242424242424242', false],
  ['4242424242424242-INV.pdf', false],
  ['+4242424242424242', false],
  ['2026-02-01T05:00:00.000Z', false],
])('%s: %s', (text, expected) => {
  expect(looksLikeCardNumber(text)).toBe(expected);
});

it.each<[string, unknown, string | null]>([
  ['nested text', { data: { lines: ['x', 'pay 4242424242424242'] } }, 'data.lines'],
  ['a number', { reference: 4242424242424242 }, 'reference'],
  [
    'the number of a SIM or phone',
    { iccid: '4242424242424242', imsi: '4242424242424242', msisdn: '4242424242424242' },
    null,
  ],
  ['an amount', { amountMicro: 4242424242424242 }, null],
  ['nothing', { _id: null, at: undefined, kept: true }, null],
])('looks into %s', (_, row, place) => {
  expect(cardNumberIn(row)).toBe(place);
});
