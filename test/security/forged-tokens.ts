import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Claims = Record<string, unknown>;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const claimsOf = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

const withoutSignature = (header: object, claims: Claims): string => `${encoded(header)}.${encoded(claims)}`;

function es256(claims: Claims, key: KeyObject): string {
  const text = withoutSignature({ alg: 'ES256', typ: 'JWT' }, claims);
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function hs256(claims: Claims, secret: string): string {
  const text = withoutSignature({ alg: 'HS256', typ: 'JWT' }, claims);
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Tokens that say the same as a good one and must open nothing, by what is wrong with them. */
export function forgedTokens(good: string, keysFolder: string): Record<string, string> {
  const publicPem = readFileSync(join(keysFolder, 'token-public.pem'), 'utf8');
  const realKey = createPrivateKey(readFileSync(join(keysFolder, 'token-private.pem')));
  const foreignKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const claims = claimsOf(good);
  const [header, payload, signature] = good.split('.') as [string, string, string];
  const issuedAt = Number(claims['iat']);
  return {
    'is not a token': 'not-a-token',
    'alg none': `${withoutSignature({ alg: 'none', typ: 'JWT' }, claims)}.`,
    'alg None': `${withoutSignature({ alg: 'None', typ: 'JWT' }, claims)}.`,
    'alg none with a signature': `${withoutSignature({ alg: 'none', typ: 'JWT' }, claims)}.${signature}`,
    'HS256 with the public key': hs256(claims, publicPem),
    'HS256 with an empty secret': hs256(claims, ''),
    'no signature': `${header}.${payload}.`,
    'tampered payload': `${header}.${encoded({ ...claims, roles: ['admin'], tenantId: 'ten_other' })}.${signature}`,
    "a stranger's key": es256(claims, foreignKey),
    expired: es256({ ...claims, iat: issuedAt - 7200, exp: issuedAt - 3600 }, realKey),
    'not yet valid': es256({ ...claims, nbf: issuedAt + 3600 }, realKey),
    'audience of the portal': es256({ ...claims, aud: 'tollkeeper:portal' }, realKey),
    'audience of another system': es256({ ...claims, aud: 'elsewhere' }, realKey),
    'no audience': es256({ ...claims, aud: undefined }, realKey),
    'another issuer': es256({ ...claims, iss: 'elsewhere' }, realKey),
    'a kind that does not exist': es256({ ...claims, kind: 'root' }, realKey),
  };
}
