import { expect, it } from '@jest/globals';
import { declineCategory } from './sandbox-decline-map';

it.each([
  ['insufficient_funds', 'soft'],
  ['stolen_card', 'hard'],
  ['expired_card', 'hard'],
  ['invalid_token', 'hard'],
  ['suspected_fraud', 'fraud'],
  ['authentication_required', 'actionRequired'],
  ['do_not_honor_or_so', 'soft'],
  ['R01', 'soft'],
  ['R03', 'hard'],
  ['AM04', 'soft'],
  ['MD01', 'hard'],
  ['constructor', 'soft'],
])('%s is a %s decline', (code, category) => {
  expect(declineCategory(code)).toBe(category);
});
