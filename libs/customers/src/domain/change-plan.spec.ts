import { changePlan, type PlanHolder } from './change-plan';
import type { OfferingPrice } from './offering-price';

const now = '2026-03-10T12:00:00.000Z';
const offering = (offeringId: string, more: Partial<OfferingPrice> = {}): [string, OfferingPrice[]] => [
  offeringId,
  [
    {
      offeringId,
      version: 1,
      name: offeringId,
      currency: 'USD',
      validFrom: '2026-01-01T00:00:00.000Z',
      paidInAdvance: null,
      ...more,
    },
  ],
];
const prices = new Map([
  offering('smart'),
  offering('smarter'),
  offering('euro', { currency: 'EUR' }),
  offering('prepaid', { paidInAdvance: { days: 30, amountMinor: 1000 } }),
]);
const account = { currency: 'USD', cycleId: 'cyc_1' };
const smart = { offeringId: 'smart', from: '2026-01-01T00:00:00.000Z', to: null };
const holder = (more: Partial<PlanHolder> = {}): PlanHolder => ({
  subscriptionId: 'sub_1',
  status: 'active',
  plans: [smart],
  ...more,
});

it.each([now, '2026-04-01T00:00:00.000Z'])('the new plan follows the old one at %s', (since) => {
  expect(changePlan(holder(), account, prices, { offeringId: 'smarter', since, now })).toEqual({
    plans: [
      { ...smart, to: since },
      { offeringId: 'smarter', from: since, to: null },
    ],
  });
});

const later = '2026-05-01T00:00:00.000Z';
it.each<[string, PlanHolder, string, string, object]>([
  ['in the past', holder(), 'smarter', '2026-03-10T11:59:59.999Z', { kind: 'findings' }],
  ['of one that ended', holder({ status: 'terminated' }), 'smarter', later, { code: 'notLive' }],
  [
    'before a planned one',
    holder({ plans: [{ ...smart, from: later }] }),
    'smarter',
    later,
    { code: 'planScheduled' },
  ],
  ['to a plan that is not there', holder(), 'none', later, { kind: 'findings' }],
  ['to another currency', holder(), 'euro', later, { kind: 'findings' }],
  ['to one paid in advance', holder(), 'prepaid', later, { code: 'otherPayment' }],
])('refuses a change %s', (_, row, offeringId, since, refusal) => {
  expect(changePlan(row, account, prices, { offeringId, since, now })).toMatchObject(refusal);
});
