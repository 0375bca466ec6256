import { describe, expect, it } from '@jest/globals';
import { accountChangeFields, accountFields } from '../accounts/account-fields';
import { checkAccount, type OfferingPrices } from './check-account';
import { planAt, priceAt } from './offering-price';

const price = {
  offeringId: 'talk',
  version: 1,
  name: 'Talk',
  currency: 'USD',
  validFrom: '2026-01-01T00:00:00.000Z',
  paidInAdvance: null,
};
const prices: OfferingPrices = new Map([
  ['talk', [price, { ...price, version: 2, validFrom: '2026-06-01T00:00:00.000Z' }]],
  ['euro', [{ ...price, offeringId: 'euro', currency: 'EUR' }]],
  ['go', [{ ...price, offeringId: 'go', paidInAdvance: { days: 30, amountMinor: 1500 } }]],
]);
const number = { kind: 'msisdn', value: '15550100' };
const subscription = { offeringId: 'talk', activeFrom: '2026-02-01T00:00:00Z', identifiers: [number] };
const account = {
  externalId: 'crm-1',
  customerName: 'Ada Example',
  email: 'ada@example.com',
  language: 'en',
  address: { lines: ['1 Main Street'], city: 'Springfield', country: 'US' },
  cycleId: 'monthly',
  termsDays: 14,
  subscriptions: [subscription],
};

describe('the shape of an account', () => {
  it.each([
    [{}, []],
    [{ email: 'ada' }, ['email']],
    [{ email: { $gt: '' } }, ['email']],
    [{ language: 'English' }, ['language']],
    [{ zone: 'Mars/Base' }, ['zone']],
    [{ address: { ...account.address, country: 'USA' } }, ['address.country']],
    [{ termsDays: -1 }, ['termsDays']],
    [{ tenantId: 'ten_other' }, ['']],
    [{ subscriptions: [{ ...subscription, identifiers: [] }] }, ['subscriptions.0.identifiers']],
    [
      { subscriptions: [{ ...subscription, identifiers: [{ ...number, value: '+15550100' }] }] },
      ['subscriptions.0.identifiers.0.value'],
    ],
    [
      { subscriptions: [{ ...subscription, identifiers: [{ kind: 'iccid', value: '89' }] }] },
      ['subscriptions.0.identifiers.0.value'],
    ],
  ])('%j -> %j', (change, fields) => {
    const faults = accountFields.safeParse({ ...account, ...change }).error?.issues ?? [];
    expect(faults.map(({ path }) => path.join('.'))).toEqual(fields);
  });

  it('changes only what is named', () =>
    expect(accountChangeFields.parse({ termsDays: 7 })).toEqual({ termsDays: 7 }));
});

describe('an account in its surroundings', () => {
  it.each([
    [{}, []],
    [{ currency: 'EUR' }, ['currency', 'subscriptions.0.offeringId']],
    [{ cycleId: null }, ['subscriptions.0.offeringId']],
    [{ cycleId: null, subscriptions: [{ ...subscription, offeringId: 'go' }] }, []],
    [
      { cycleId: null, subscriptions: [{ ...subscription, offeringId: 'go' }, subscription] },
      ['subscriptions.1.offeringId'],
    ],
    [{ subscriptions: [{ ...subscription, offeringId: 'nope' }] }, ['subscriptions.0.offeringId']],
    [{ subscriptions: [{ ...subscription, offeringId: 'euro' }] }, ['subscriptions.0.offeringId']],
    [
      { subscriptions: [{ ...subscription, activeFrom: '2025-12-31T00:00:00Z' }] },
      ['subscriptions.0.offeringId'],
    ],
    [
      { subscriptions: [{ ...subscription, identifiers: [{ ...number, from: '2026-01-31T00:00:00Z' }] }] },
      ['subscriptions.0.identifiers.0.from'],
    ],
    [
      { subscriptions: [{ ...subscription, identifiers: [{ ...number, to: '2026-02-01T00:00:00Z' }] }] },
      ['subscriptions.0.identifiers.0.to'],
    ],
  ])('%j -> %j', (change, fields) => {
    const findings = checkAccount(
      accountFields.parse({ ...account, ...change }),
      { currency: 'USD' },
      prices,
    );
    expect(findings.map(({ field }) => field)).toEqual(fields);
  });
});

describe('dated plans and prices', () => {
  const plans = [
    { offeringId: 'talk', from: '2026-01-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' },
    { offeringId: 'go', from: '2026-03-01T00:00:00.000Z', to: null },
  ];
  it.each([
    ['2025-12-31T23:59:59.999Z', null, null],
    ['2026-01-01T00:00:00.000Z', 'talk', 1],
    ['2026-02-28T23:59:59.999Z', 'talk', 1],
    ['2026-03-01T00:00:00.000Z', 'go', 1],
    ['2026-06-01T00:00:00.000Z', 'go', 2],
  ])('at %s: %s, version %s of talk', (at, offeringId, version) => {
    expect(planAt(plans, at)?.offeringId ?? null).toBe(offeringId);
    expect(priceAt(prices.get('talk') ?? [], at)?.version ?? null).toBe(version);
  });
});
