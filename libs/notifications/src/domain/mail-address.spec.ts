import { describe, expect, it } from '@jest/globals';
import { isMailAddress, subjectLine } from './mail-address';

describe('a mail address', () => {
  it.each(['ann@example.com', "o'hara+bills@mail.example.co", 'ünï@example.com'])('%s is one', (text) => {
    expect(isMailAddress(text)).toBe(true);
  });

  it.each([
    '',
    'ann',
    'a@b@c',
    'a@example.com,b@example.com',
    'Ann <a@example.com>',
    'a@example.com\r\nBcc: b@example.com',
    'a b@example.com',
  ])('%j is none', (text) => {
    expect(isMailAddress(text)).toBe(false);
  });
});

describe('a subject', () => {
  it.each([
    ['Your invoice', 'Your invoice'],
    ['  two\n lines\r\nBcc: x@example.com ', 'two lines Bcc: x@example.com'],
    ['tab\tnull\u0000line\u2028end', 'tab null line end'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('%j becomes %j', (text, line) => {
    expect(subjectLine(text)).toBe(line);
  });
});
