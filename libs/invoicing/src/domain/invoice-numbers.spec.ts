import { expect, it } from '@jest/globals';
import { formatNumber, stampedNumbers } from './invoice-numbers';

it.each([
  [1, 'INV-0000001'],
  [1234567, 'INV-1234567'],
  [12345678, 'INV-12345678'],
])('number %i is %s', (sequence, expected) => {
  expect(formatNumber({ prefix: 'INV-', digits: 7 }, sequence)).toBe(expected);
});

it('stamps the frozen list in order, the same on every repeat', () => {
  const range = { series: 'invoice', first: 41, invoiceIds: ['inv_b', 'inv_a', 'inv_c'] };
  expect([...stampedNumbers(range, { prefix: 'R', digits: 3 })]).toEqual([
    ['inv_b', 'R041'],
    ['inv_a', 'R042'],
    ['inv_c', 'R043'],
  ]);
});
