import { describe, expect, it } from '@jest/globals';
import { promise, promisedMinor, release } from './promise-refund';

describe('a promised refund', () => {
  it.each([
    ['all that is owed', null, 1200, 1200],
    ['nothing of nothing', null, 0, 0],
    ['a named part', 500, 1200, 500],
    ['a named amount to the last unit', 1200, 1200, 1200],
    ['not more than is owed, and no part of it', 1201, 1200, 0],
  ])('gives %s', (_, wanted, owed, expected) => {
    expect(promisedMinor(wanted, owed)).toBe(expected);
  });

  it.each([
    ['credit', 'customerCredit'],
    ['deposit', 'depositLiability'],
  ] as const)('of %s leaves %s, and is there again when released', (of, account) => {
    const about = { key: 'rfr_1', accountId: 'acc_1', of, currency: 'EUR' };
    const line = (code: string, amountMinor: number) => ({ account: code, amountMinor, currency: 'EUR' });
    expect(promise(about, 700)).toMatchObject({
      key: `rfr_1/${of}Promised`,
      lines: [line(account, 700), line('refundsPayable', -700)],
    });
    expect(release(about, 700)).toMatchObject({
      key: `rfr_1/${of}Released`,
      lines: [line('refundsPayable', 700), line(account, -700)],
    });
  });
});
