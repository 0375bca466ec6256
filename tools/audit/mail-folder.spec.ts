import { expect, it } from '@jest/globals';
import { copiesIn, messageIdOf } from './mail-folder';

it.each([
  ['Subject: Bill\r\nMessage-ID: <a1@shop.example>\r\n\r\nHello', '<a1@shop.example>'],
  ['Message-ID:\r\n <a2@shop.example>\r\nDate: x\r\n\r\nHello', '<a2@shop.example>'],
  ['Subject: Bill\n\nMessage-ID: <quoted@shop.example>', null],
])('finds the id in the head only: %j', (head, messageId) => {
  expect(messageIdOf(head)).toBe(messageId);
});

it.each([undefined, '/nowhere/at/all'])('knows no copies of an inbox at %s', async (folder) => {
  expect(await copiesIn(folder)).toBeNull();
});
