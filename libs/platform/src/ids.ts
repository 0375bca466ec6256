import { createHash, randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const characters = 16;

/** Drawn for many ids at once: asking for a few bytes each takes longer than all the rest. */
const drawn = Buffer.alloc(characters * 256);
let next = drawn.length;

/** `acc_7k2m...`: 16 characters of 5 random bits behind the kind's prefix. */
export const newId = (prefix: string): string => {
  if (next === drawn.length) {
    randomFillSync(drawn);
    next = 0;
  }
  let id = `${prefix}_`;
  for (const end = next + characters; next < end; next += 1) id += alphabet.charAt((drawn[next] ?? 0) % 32);
  return id;
};

/** An id that the same text always gets. */
export const derivedId = (prefix: string, text: string): string => {
  const digest = createHash('sha256').update(text).digest().subarray(0, characters);
  return `${prefix}_${[...digest].map((byte) => alphabet.charAt(byte % 32)).join('')}`;
};
