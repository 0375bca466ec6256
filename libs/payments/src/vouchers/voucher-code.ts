import { createHash, randomInt } from 'node:crypto';

/** No digits, so that no code reads as a card number; no vowels, so that none reads as a word. */
const signs = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 16;

/** Sixteen of twenty signs are 69 bits: not to be guessed at a few tries an hour. */
export const newVoucherCode = (): string =>
  Array.from({ length }, () => signs[randomInt(signs.length)] ?? '').join('');

export const printedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

export const voucherHash = (tenantId: string, code: string): string =>
  createHash('sha256')
    .update(`${tenantId}/${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`)
    .digest('hex');
