import { describe, expect, it } from '@jest/globals';
import { messageIdOf } from './message-id';

describe('a Message-ID', () => {
  const first = messageIdOf('sbx_1', 'inv_1/invoice/1', 'help@example.com');

  it('comes from tenant and key alone', () => {
    expect(messageIdOf('sbx_1', 'inv_1/invoice/1', 'help@example.com')).toBe(first);
    expect(first).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
  });

  it.each([
    ['another tenant', 'sbx_2', 'inv_1/invoice/1'],
    ['another key', 'sbx_1', 'inv_1/invoice/2'],
    ['a border between the two that moved', 'sbx_1/inv_1', 'invoice/1'],
  ])('differs for %s', (_, tenantId, key) => {
    expect(messageIdOf(tenantId, key, 'help@example.com')).not.toBe(first);
  });
});
