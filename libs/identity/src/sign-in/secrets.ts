import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;

export const newSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** Random secrets need no slow hash: 256 bits cannot be guessed. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares digests, so that neither content nor length shows in the time it takes. */
export const sameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(left)), Buffer.from(hashOf(right)));

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const largestFairByte = 256 - (256 % letters.length);

/** Five groups of five from letters that are not mixed up when read aloud: 123 bits. */
export function newOneTimePassword(): string {
  const groups = Array.from({ length: 5 }, () => Array.from({ length: 5 }, randomLetter).join(''));
  return groups.join('-');
}

function randomLetter(): string {
  let byte = largestFairByte;
  while (byte >= largestFairByte) byte = randomBytes(1)[0] ?? byte;
  return letters[byte % letters.length] ?? '';
}
