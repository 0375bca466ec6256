import { isCreditorId } from './creditor-id';

it.each([
  ['the example of the Deutsche Bundesbank', 'DE98ZZZ09999999999', true],
  ['another business code', 'DE98ABC09999999999', true],
  ['other check digits', 'DE99ZZZ09999999999', false],
  ['a digit swapped', 'DE98ZZZ09999999989', false],
  ['without a business code', 'DE98', false],
])('%s: %s', (_case, id, expected) => {
  expect(isCreditorId(id)).toBe(expected);
});
