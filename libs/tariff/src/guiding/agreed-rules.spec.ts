import { describe, expect, it } from '@jest/globals';
import type { PriceOverride } from '@tollkeeper/contracts';
import { agreedRules } from './agreed-rules';

const override = (
  overrideId: string,
  change: Partial<PriceOverride> = {},
  offeringId?: string,
): PriceOverride => ({
  overrideId,
  revision: 1,
  accountId: 'acc',
  subscriptionId: null,
  price: {
    kind: 'usagePrice',
    ...(offeringId ? { offeringId } : {}),
    rule: {
      priceId: overrideId,
      name: overrideId,
      when: {},
      price: { charge: { model: 'flat', amount: '1' } },
    },
  },
  from: '2026-02-01T00:00:00.000Z',
  to: '2026-03-01T00:00:00.000Z',
  ...change,
});
const overrides = [
  override('all'),
  override('own', { subscriptionId: 'sub' }),
  override('other', { subscriptionId: 'else' }),
  override('plan', {}, 'talk'),
  override('off', { to: '2026-02-01T00:00:00.000Z' }),
];

describe('prices agreed with a customer', () => {
  it.each([
    ['2026-01-31T23:59:59.999Z', 'talk', []],
    ['2026-02-01T00:00:00.000Z', 'talk', ['own', 'all', 'plan']],
    ['2026-02-28T23:59:59.999Z', 'big', ['own', 'all']],
    ['2026-03-01T00:00:00.000Z', 'talk', []],
  ])('%s on %s: %j', (at, offeringId, ids) =>
    expect(
      agreedRules({ overrides }, { subscriptionId: 'sub' }, offeringId, at).map(({ priceId }) => priceId),
    ).toEqual(ids),
  );

  it('of a slice that another account pays for they are those of its product', () => {
    const slice = { subscriptionId: 'sub' } as never;
    const found = agreedRules(
      { overrides },
      { subscriptionId: 'sub.2', slice },
      'big',
      '2026-02-10T00:00:00.000Z',
    );
    expect(found.map(({ priceId }) => priceId)).toEqual(['own', 'all']);
  });
});
