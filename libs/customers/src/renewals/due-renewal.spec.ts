import { describe, expect, it } from '@jest/globals';
import type { OfferingPrice } from '../domain/offering-price';
import { paidRenewal, type SubscriptionRow } from '../subscriptions/subscription.schema';
import { dueRenewal, openPeriod, plansFrom } from './due-renewal';

const [jan, feb, mar] = ['01', '02', '03'].map((month) => `2026-${month}-01T00:00:00.000Z`) as [
  string,
  string,
  string,
];
const price = (
  offeringId: string,
  version: number,
  validFrom: string,
  amountMinor: number,
  days: number,
): OfferingPrice => ({
  ...{ offeringId, version, name: offeringId, currency: 'USD', validFrom },
  paidInAdvance: { amountMinor, days },
});
const prices = new Map([
  ['small', [price('small', 1, jan, 1000, 28), price('small', 2, '2026-02-15T00:00:00.000Z', 1200, 28)]],
  ['large', [price('large', 1, jan, 2500, 7)]],
]);
const row: SubscriptionRow = {
  ...{
    _id: 'sub_1',
    accountId: 'acc_1',
    externalId: null,
    status: 'active',
    activeFrom: jan,
    activeTo: null,
  },
  ...{ plans: [{ offeringId: 'small', from: jan, to: null }], poolId: null, parties: [], paidPeriods: [] },
  renewal: paidRenewal(feb),
};
const planned = (nextOfferingId: string): SubscriptionRow => ({
  ...row,
  renewal: { ...paidRenewal(feb), nextOfferingId },
});

describe('what the next period costs', () => {
  it.each([
    ['in time: as on sale when it begins', row, undefined, ['small', 1000, '2026-03-01T00:00:00.000Z']],
    [
      'paid late: as on sale that day',
      row,
      '2026-02-20T00:00:00.000Z',
      ['small', 1200, '2026-03-01T00:00:00.000Z'],
    ],
    [
      'the planned plan, with its days',
      planned('large'),
      undefined,
      ['large', 2500, '2026-02-08T00:00:00.000Z'],
    ],
  ])('%s', (_, of, at, expected) => {
    const { offeringId, amountMinor, from, to } = dueRenewal(of, prices, at);
    expect(from).toBe(feb);
    expect([offeringId, amountMinor, to]).toEqual(expected);
  });

  it('a plan that is invoiced cannot be renewed', () =>
    expect(() => dueRenewal(planned('postpaid'), prices)).toThrow('no plan paid in advance'));
});

describe('a period that is being retried', () => {
  const renewal = { ...paidRenewal(feb), state: 'grace' as const };
  const grace: SubscriptionRow = { ...row, renewal };
  const planEnds = [{ offeringId: 'small', from: jan, to: feb }];
  it.each<[string, SubscriptionRow, 'due' | 'notWanted' | 'over']>([
    ['in grace', grace, 'due'],
    ['auto-renewal was switched off', { ...grace, renewal: { ...renewal, autoRenew: false } }, 'notWanted'],
    ['the plan ends', { ...grace, plans: planEnds }, 'notWanted'],
    ['terminated', { ...grace, status: 'terminated', renewal: null }, 'over'],
    ['paid meanwhile', row, 'over'],
    ['paid, and failing again', { ...grace, renewal: { ...renewal, paidUntil: mar } }, 'over'],
    ['lapsed', { ...grace, renewal: { ...renewal, state: 'lapsed' } }, 'over'],
  ])('%s', (_, of, expected) => expect(openPeriod(of, feb, '2026-02-02T00:00:00.000Z')).toBe(expected));

  it('is charged to who pays for it by now', () => {
    const party = { holderAccountId: 'acc_2', payerAccountId: 'acc_2', poolId: null, from: feb, to: null };
    const parties = [
      { ...party, holderAccountId: 'acc_1', payerAccountId: 'acc_1', from: jan, to: feb },
      party,
    ];
    expect(dueRenewal({ ...grace, accountId: 'acc_2', parties }, prices, feb).accountId).toBe('acc_2');
  });
});

describe('plans from a paid period on', () => {
  const plans = [{ offeringId: 'small', from: jan, to: null }];
  it.each([
    ['the same plan goes on', 'small', plans],
    ['an unnamed one goes on', undefined, plans],
    [
      'another begins with the period',
      'large',
      [
        { offeringId: 'small', from: jan, to: mar },
        { offeringId: 'large', from: mar, to: null },
      ],
    ],
  ])('%s', (_, offeringId, expected) => expect(plansFrom(plans, offeringId, mar)).toEqual(expected));
});
