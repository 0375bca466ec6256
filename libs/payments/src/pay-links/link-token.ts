import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

interface LinkToken {
  tenantId: string;
  linkId: string;
  secret: string;
}

/** 256 random bits: nobody can make one, and our rows hold only its hash. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const linkToken = ({ tenantId, linkId, secret }: LinkToken): string =>
  `${tenantId}.${linkId}.${secret}`;

export function readLinkToken(token: string): LinkToken | null {
  const [, tenantId, linkId, secret] =
    /^([A-Za-z0-9_-]{1,64})\.(pln_[0-9a-z]{16})\.([\w-]{43})$/.exec(token) ?? [];
  return tenantId && linkId && secret ? { tenantId, linkId, secret } : null;
}

export const isSecretOf = (hash: string | null, secret: string): boolean =>
  hash !== null && timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(secretHash(secret), 'hex'));
