import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** `acc_7k2m...`: 16 characters of 5 random bits behind the kind's prefix. */
export const newId = (prefix: string): string =>
  `${prefix}_${[...randomBytes(16)].map((byte) => alphabet[byte % 32]).join('')}`;
