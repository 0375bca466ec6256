import { expect, it } from '@jest/globals';
import type { DeclineCategory } from '@tollkeeper/contracts';
import { type Initiator, mayCharge } from './retry-rules';

it.each<[DeclineCategory | null, Initiator, boolean]>([
  [null, 'merchant', true],
  ['soft', 'merchant', true],
  ['soft', 'payer', true],
  ['actionRequired', 'merchant', false],
  ['actionRequired', 'payer', true],
  ['hard', 'merchant', false],
  ['hard', 'payer', false],
  ['fraud', 'merchant', false],
  ['fraud', 'payer', false],
])('after a %s decline the %s may try the same token again: %s', (category, initiator, allowed) => {
  expect(mayCharge(category && { category, code: 'any' }, initiator)).toBe(allowed);
});
