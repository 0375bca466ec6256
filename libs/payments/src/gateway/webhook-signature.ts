import { createHmac, timingSafeEqual } from 'node:crypto';

/** Real time: an older signature may be a replay. */
const toleranceSeconds = 5 * 60;

export interface SignedMessage {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
  body: Buffer;
}

const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);

function matches(expected: Buffer, given: string): boolean {
  const [version, text = ''] = given.split(',');
  const bytes = Buffer.from(text, 'base64');
  return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/** Standard Webhooks: any one of several signatures may be the one made with our secret. */
export function isSignedBy(
  secret: string,
  { id, timestamp, signature, body }: SignedMessage,
  nowSeconds: number,
): boolean {
  if (!id || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) return false;
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  return signature.split(' ').some((given) => matches(expected, given));
}
