import { describe, expect, it } from '@jest/globals';
import { checkOffering, type OfferingDraft } from './check-offering';
import { offeringFields } from './offering-fields';

const monthly = {
  chargeId: 'monthly',
  name: 'Monthly fee',
  amountMinor: 3000,
  timing: 'inAdvance',
  per: 'subscription',
  prorate: true,
  taxCode: 'voice',
  revenueCategory: 'recurring',
} as const;
const plan: OfferingDraft = {
  offeringId: 'talk',
  name: 'Talk',
  currency: 'USD',
  validFrom: '2026-02-01T00:00:00.000Z',
  deckId: 'retail',
  recurringCharges: [monthly],
  allowances: [],
  usageTaxCode: 'voice',
  paidInAdvance: null,
};
const components = [
  { componentId: 'voice', name: 'Calls', taxCode: 'voice', taxCategory: 'voice', revenueCategory: 'voice' },
  { componentId: 'data', name: 'Data', taxCode: 'internet', taxCategory: 'data', revenueCategory: 'data' },
  { componentId: 'phone', name: 'Phone', taxCode: 'goods', taxCategory: 'device', revenueCategory: 'device' },
] as const;
const millionths = (voice: number, data: number, phone: number) => ({
  in: 'millionths',
  shares: [
    { componentId: 'voice', millionths: voice },
    { componentId: 'data', millionths: data },
    { componentId: 'phone', millionths: phone },
  ],
});
const amounts = (voice: number, data: number, phone: number) => ({
  in: 'amounts',
  shares: [
    { componentId: 'voice', amountMinor: voice },
    { componentId: 'data', amountMinor: data },
    { componentId: 'phone', amountMinor: phone },
  ],
});
const thirds = millionths(333_333, 333_333, 333_334);
const bundle = { components, revenue: thirds, tax: amounts(1000, 500, 1500) };
const deck = [
  { currency: 'USD', validFrom: '2026-01-01T00:00:00.000Z', zones: ['home'], servingZones: ['home'] },
];
const other = (offeringId: string, change: Partial<OfferingDraft> = {}) =>
  [offeringId, { ...plan, offeringId, ...change }] as const;
const others = new Map([
  other('base'),
  other('roam', { kind: 'addOn' }),
  other('euro', { currency: 'EUR' }),
  other('later', { validFrom: '2026-03-01T00:00:00.000Z' }),
  other('outer', { kind: 'bundle', bundle: { components: [{ offeringId: 'middle' }] } as never }),
  other('middle', { kind: 'bundle', bundle: { components: [{ offeringId: 'talk' }] } as never }),
]);

/** As the door takes it: the shape first, then all that the shape cannot tell. */
function faultsOf(change: object): string[] {
  const parsed = offeringFields.safeParse({ ...plan, ...change });
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return checkOffering(parsed.data, { deck, previous: null, others }).map(
    ({ field, reason }) => `${field}: ${reason}`,
  );
}

describe('the commercial half of an offering', () => {
  it.each([
    ['nothing of it', {}],
    ['an add-on of a plan', { kind: 'addOn', compatiblePlans: ['base'] }],
    ['a charge every second week', { recurringCharges: [{ ...monthly, every: { unit: 'week', count: 2 } }] }],
    ['a bundle by thirds for revenue, by amounts for tax', { kind: 'bundle', bundle }],
    ['a start that is charged whole', { recurringCharges: [{ ...monthly, prorateStart: false }] }],
    ['an end that is charged whole', { recurringCharges: [{ ...monthly, prorateEnd: false }] }],
    [
      'a term of 24 months under the EU cap',
      {
        commitment: {
          termMonths: 24,
          earlyTermination: {
            name: 'Early termination',
            taxCode: 'fee',
            revenueCategory: 'fee',
            charge: { fee: 'perRemainingMonth', amountMinor: 1500 },
            cap: { rule: 'eu2018-1972', deviceValueMinor: 24_000 },
          },
        },
      },
    ],
    [
      'the first 1,000 messages free for three periods',
      {
        discounts: [
          {
            discountId: 'hello',
            name: 'Hello',
            value: { off: 'percentage', percent: '100' },
            level: 'line',
            appliesTo: { usageTypes: ['sms'] },
            periods: 3,
            firstUnits: 1000,
          },
        ],
      },
    ],
    [
      'a price that rises in April',
      { scheduledPrices: [{ chargeId: 'monthly', from: '2026-04-01T00:00:00.000Z', amountMinor: 3300 }] },
    ],
  ])('%s is fine', (_, change) => expect(faultsOf(change)).toEqual([]));
});

const half = { discountId: 'half', name: 'Half', value: { off: 'percentage', percent: '50' }, level: 'plan' };

describe('what is refused, with its place and the way out', () => {
  it.each([
    [
      'shares that miss a millionth',
      { kind: 'bundle', bundle: { ...bundle, revenue: millionths(333_333, 333_333, 333_333) } },
      ['bundle.revenue.shares: add up to 999999 millionths, must be 1000000'],
    ],
    [
      'amounts that miss a cent',
      { kind: 'bundle', bundle: { ...bundle, tax: amounts(1000, 500, 1499) } },
      ['bundle.tax.shares: add up to 2999, the price is 3000 (minor units)'],
    ],
    [
      'amounts of two prices',
      { kind: 'bundle', bundle, recurringCharges: [monthly, { ...monthly, chargeId: 'second' }] },
      ['bundle.tax.in: amounts divide one price, the bundle has 2: use millionths'],
    ],
    [
      'a component without a share',
      {
        kind: 'bundle',
        bundle: { ...bundle, tax: { ...bundle.tax, shares: [{ componentId: 'voice', amountMinor: 3000 }] } },
      },
      [
        'bundle.tax.shares: component data has no share: give it one, of 0 at least',
        'bundle.tax.shares: component phone has no share: give it one, of 0 at least',
      ],
    ],
    ['components of a plan', { bundle }, ['kind: must be bundle: the offering has components']],
    ['a bundle of nothing', { kind: 'bundle' }, ['bundle: a bundle names its components']],
    [
      'a circle of bundles',
      {
        kind: 'bundle',
        bundle: {
          ...bundle,
          components: components.map((each) => ({ ...each, offeringId: 'outer' })).slice(0, 3),
        },
      },
      [0, 1, 2].map(
        (at) =>
          `bundle.components.${at}.offeringId: makes a circle of bundles: talk -> outer -> middle -> talk`,
      ),
    ],
    [
      'a bundle in itself',
      {
        kind: 'bundle',
        bundle: { ...bundle, components: [{ ...components[0], offeringId: 'talk' }, ...components.slice(1)] },
      },
      ['bundle.components.0.offeringId: a bundle cannot contain itself'],
    ],
    [
      'base plans of a plan',
      { compatiblePlans: ['base'] },
      ['compatiblePlans: belongs to an add-on: set `kind` to addOn, or leave it out'],
    ],
    [
      'base plans that are none',
      { kind: 'addOn', compatiblePlans: ['base', 'roam', 'euro', 'gone'] },
      [
        'compatiblePlans.1: roam is an add-on, not a plan',
        'compatiblePlans.2: euro is in EUR',
        'compatiblePlans.3: there is no published offering gone, nor is it in this document',
      ],
    ],
    [
      'a sale that ends before it begins',
      { eligibility: { salesFrom: '2026-03-01T00:00:00Z', salesTo: '2026-02-01T00:00:00Z' } },
      ['eligibility.salesTo: must be later than salesFrom'],
    ],
    [
      'a charge twice, once and monthly',
      {
        oneOffCharges: [
          {
            chargeId: 'monthly',
            name: 'Setup',
            amountMinor: 500,
            when: 'setup',
            taxCode: 'fee',
            revenueCategory: 'fee',
          },
        ],
      },
      ['oneOffCharges.0.chargeId: "monthly" is there already (number 0)'],
    ],
    [
      'a scheduled price of no charge, and one of the past',
      {
        scheduledPrices: [
          { chargeId: 'yearly', from: '2026-04-01T00:00:00Z', amountMinor: 1 },
          { chargeId: 'monthly', from: '2026-02-01T00:00:00Z', amountMinor: 1 },
        ],
      },
      [
        'scheduledPrices.0.chargeId: the offering has no charge yearly',
        "scheduledPrices.1.from: must be later than the version's own beginning (2026-02-01T00:00:00.000Z)",
      ],
    ],
    [
      'a fee for ending early what has no end',
      {
        commitment: {
          earlyTermination: {
            name: 'Fee',
            taxCode: 'fee',
            revenueCategory: 'fee',
            charge: { fee: 'fixed', amountMinor: 1 },
          },
        },
      },
      ['commitment.earlyTermination: without termMonths nothing ends early'],
    ],
    [
      'a consumer bound for 36 months, by a table out of order',
      {
        commitment: {
          termMonths: 36,
          earlyTermination: {
            name: 'Fee',
            taxCode: 'fee',
            revenueCategory: 'fee',
            charge: {
              fee: 'table',
              rows: [
                { fromMonth: 12, amountMinor: 100 },
                { fromMonth: 6, amountMinor: 200 },
              ],
            },
            cap: { rule: 'eu2018-1972', deviceValueMinor: 0 },
          },
        },
      },
      [
        'commitment.earlyTermination.charge.rows.1.fromMonth: must be later than that of the row before',
        'commitment.termMonths: a consumer is bound for 24 months at most (Directive (EU) 2018/1972, Article 105(1))',
      ],
    ],
    [
      'more than all off',
      { discounts: [{ ...half, value: { off: 'percentage', percent: '100.01' } }] },
      ['discounts.0.value.percent: is more than all of it'],
    ],
    [
      'nothing off',
      { discounts: [{ ...half, value: { off: 'percentage', percent: '0.0' } }] },
      ['discounts.0.value.percent: lowers nothing'],
    ],
    [
      'a discount twice',
      { discounts: [half, half] },
      ['discounts.1.discountId: "half" is there already (number 0)'],
    ],
    [
      'first units of a fee',
      { discounts: [{ ...half, firstUnits: 10 }] },
      [
        'discounts.0.firstUnits: units are counted on lines of usage: set `level` to line and name usageTypes or priceIds',
      ],
    ],
    [
      'a discount on a charge that is not there',
      { discounts: [{ ...half, level: 'line', appliesTo: { chargeIds: ['weekly'] } }] },
      ['discounts.0.appliesTo.chargeIds.0: the offering has no charge weekly'],
    ],
    [
      'one code for two discounts',
      {
        discounts: [
          { ...half, coupons: [{ code: 'HELLO' }] },
          { ...half, discountId: 'other', coupons: [{ code: 'hello' }] },
        ],
      },
      ['discounts.1.coupons.0.code: "HELLO" is there already (number 0)'],
    ],
    [
      'a discount on what is never invoiced',
      { recurringCharges: [], paidInAdvance: { days: 30, amountMinor: 1000 }, discounts: [half] },
      ['discounts: a plan paid in advance is never invoiced, so nothing would charge it: leave it out'],
    ],
    [
      'a fee of cents and a half',
      {
        oneOffCharges: [
          {
            chargeId: 'x',
            name: 'X',
            amountMinor: 0.5,
            when: 'other',
            taxCode: 'fee',
            revenueCategory: 'fee',
          },
        ],
      },
      ['oneOffCharges.0.amountMinor: must be whole minor units (cents)'],
    ],
  ])('%s', (_, change, faults) => expect(faultsOf(change)).toEqual(faults));

  it.each<[string, object, RegExp]>([
    [
      'one side of nothing',
      { prorate: false, prorateStart: true },
      /^recurringCharges.0.prorateStart: nothing/,
    ],
    ['neither side', { prorateStart: false, prorateEnd: false }, /^recurringCharges.0.prorate: neither/],
    [
      'given back and charged',
      { prorateEnd: false, proration: { refundUnused: true } },
      /^recurringCharges.0.proration.refundUnused: gives back/,
    ],
  ])('refuses a charge prorated at %s', (_, change, expected) => {
    expect(faultsOf({ recurringCharges: [{ ...monthly, ...change }] })).toEqual([
      expect.stringMatching(expected),
    ]);
  });
});
