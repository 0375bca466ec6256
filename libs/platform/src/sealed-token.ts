import { createHmac, timingSafeEqual } from 'node:crypto';

const sealOf = (key: string, purpose: string, payload: string): Buffer =>
  createHmac('sha256', key).update(`${purpose}.${payload}`).digest();

/** Texts that anybody may read and only who has the key can write; good in a path as it is. The first key seals. */
export function sealToken(keys: readonly string[], purpose: string, parts: readonly string[]): string | null {
  const [key] = keys;
  if (key === undefined) return null;
  const payload = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${payload}.${sealOf(key, purpose, payload).toString('base64url')}`;
}

/** `null`: the seal is not of any of the keys, or of another purpose. */
export function openToken(keys: readonly string[], purpose: string, token: string): string[] | null {
  const [, payload = '', seal = ''] = /^([\w-]{1,800})\.([\w-]{43})$/.exec(token) ?? [];
  const shown = Buffer.from(seal, 'base64url');
  if (shown.length !== 32) return null;
  const isOurs = keys.some((key) => timingSafeEqual(sealOf(key, purpose, payload), shown));
  return isOurs ? (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as string[]) : null;
}
