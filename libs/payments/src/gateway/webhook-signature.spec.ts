import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { isSignedBy, type SignedMessage } from './webhook-signature';

const now = 1_700_000_000;
const body = Buffer.from('{"id":"evt_1"}');
const sign = (key: Buffer, timestamp = String(now)) =>
  `v1,${createHmac('sha256', key).update(`evt_1.${timestamp}.`).update(body).digest('base64')}`;
const raw = Buffer.from('sandbox-secret');
const good: SignedMessage = { id: 'evt_1', timestamp: String(now), signature: sign(raw), body };

describe('a webhook', () => {
  it.each<[string, Partial<SignedMessage>, boolean]>([
    ['signed with our secret', {}, true],
    ['signed twice, once with ours', { signature: `v1,AAAA ${sign(raw)}` }, true],
    ['signed with another secret', { signature: sign(Buffer.from('guess')) }, false],
    ['with another body', { body: Buffer.from('{"id":"evt_2"}') }, false],
    ['with another id', { id: 'evt_2' }, false],
    ['of another scheme', { signature: sign(raw).replace('v1', 'v0') }, false],
    ['six minutes old', { timestamp: String(now - 360), signature: sign(raw, String(now - 360)) }, false],
    ['without a time', { timestamp: undefined }, false],
    ['without a signature', { signature: undefined }, false],
    ['with a strange time', { timestamp: 'NaN' }, false],
  ])('%s is ours: %s', (_what, changed, ours) => {
    expect(isSignedBy('sandbox-secret', { ...good, ...changed }, now)).toBe(ours);
  });

  it('may be signed with a base64 secret', () => {
    const secret = `whsec_${raw.toString('base64')}`;
    expect(isSignedBy(secret, good, now)).toBe(true);
  });
});
