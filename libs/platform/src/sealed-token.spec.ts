import { openToken, sealToken } from './sealed-token';

const keys = ['the-key-of-today-and-tomorrow', 'the-key-of-yesterday'];
const parts = ['ten_1', 'äöü.:/', ''];
const token = sealToken(keys, 'payLink', parts) ?? '';

it('says what was sealed, and fits into a path', () => {
  expect(openToken(keys, 'payLink', token)).toEqual(parts);
  expect(token).toMatch(/^[\w.-]+$/);
  expect(sealToken(keys, 'payLink', parts)).toBe(token);
});

it('while a key is replaced, tokens of the old one are good', () => {
  const old = sealToken(keys.slice(1), 'payLink', parts) ?? '';
  expect(openToken(keys, 'payLink', old)).toEqual(parts);
  expect(openToken(keys.slice(0, 1), 'payLink', old)).toBeNull();
});

it.each([
  ['another purpose', token, 'signIn'],
  ['another payload', `${Buffer.from('["ten_2"]').toString('base64url')}.${token.split('.')[1]}`, 'payLink'],
  ['a changed seal', `${token.slice(0, -2)}AA`, 'payLink'],
  ['no seal', token.split('.')[0] ?? '', 'payLink'],
  ['an empty text', '', 'payLink'],
])('opens nothing with %s', (_, shown, purpose) => expect(openToken(keys, purpose, shown)).toBeNull());

it('without a key there is no token, and none is good', () => {
  expect(sealToken([], 'payLink', parts)).toBeNull();
  expect(openToken([], 'payLink', token)).toBeNull();
});
