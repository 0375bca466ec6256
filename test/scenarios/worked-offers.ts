import { clockStartsAt } from '../../tools/sample/operator';

export const idOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

const plan = (name: string, amountMinor: number, charge: object = {}, more: object = {}) => ({
  ...{
    offeringId: idOf(name),
    name,
    currency: 'USD',
    validFrom: clockStartsAt,
    deckId: 'pinewood-retail',
  },
  ...{ allowances: [], usageTaxCode: 'ten', paidInAdvance: null },
  recurringCharges: [
    {
      ...{
        chargeId: 'fee',
        name,
        amountMinor,
        timing: 'inArrears',
        per: 'subscription',
      },
      ...{ prorate: true, taxCode: 'ten', revenueCategory: 'recurring' },
      ...charge,
    },
  ],
  ...more,
});

const ahead = { timing: 'inAdvance', proration: { refundUnused: true } };
const ownMonth = { every: { unit: 'month', count: 1 } };
const percentage = (discountId: string, level: string, value: object) => ({
  ...{ discountId: idOf(discountId), name: discountId, level },
  value: { off: 'percentage', ...value },
});
const least = {
  minimumId: 'least',
  name: 'Least',
  amountMinor: 3000,
  of: 'all',
};
const asService = { taxCode: 'ten', revenueCategory: 'recurring' };

/** Prices of which a day of January costs a whole number of cents. */
export const workedOfferings = [
  plan('Thirty-one', 3100),
  plan('Own month ahead', 3100, { ...ahead, ...ownMonth }),
  plan('Own month after', 3100, ownMonth),
  plan('Small', 2800, ahead),
  plan('Large', 5600, ahead),
  plan('Huge', 8400, ahead),
  plan('Stops', 2800, { whileRestricted: { paused: 'stop' } }),
  plan('Thirty days', 3000, { proration: { unit: 'thirtyDayMonth' } }),
  plan('Last day', 3100, { proration: { firstDay: false, lastDay: true } }),
  plan('Penny', 300),
  plan('Voice', 3000, { taxCode: 'voice' }),
  plan(
    'Capped',
    4000,
    {},
    {
      discounts: [
        percentage('a fifth', 'plan', { percent: '20', atMostMinor: 500 }),
        percentage('a tenth', 'bill', { percent: '10' }),
      ],
    },
  ),
  plan('Least', 2000, {}, { commitment: { minimums: [{ ...least, ...asService }] } }),
  plan(
    'A year',
    3100,
    {},
    {
      commitment: {
        termMonths: 12,
        earlyTermination: {
          ...{ name: 'Leaving early', ...asService },
          charge: { fee: 'perRemainingMonth', amountMinor: 1000 },
        },
      },
    },
  ),
];

export const albany = {
  lines: ['1 Maple Avenue'],
  city: 'Albany',
  region: 'NY',
  postalCode: '12207',
  country: 'US',
};

const since = { validFrom: '2015-01-01', law: 'a law' };
export const workedRates = [
  {
    ...since,
    taxId: 'ten',
    name: 'Ten',
    jurisdiction: 'US-NY',
    taxCodes: ['ten'],
    percent: '10',
  },
  {
    ...{
      ...since,
      taxId: 'usf',
      name: 'Recovery',
      jurisdiction: 'US',
      taxCodes: ['voice'],
    },
    ...{ levy: 'recoveryFee', rateDate: 'billDate', rounding: 'down' },
    amount: { kind: 'percentage', percent: '38.1', share: '64.9' },
  },
  {
    ...{
      ...since,
      taxId: 'e911',
      name: '911',
      jurisdiction: 'US-NY',
      taxCodes: ['voice'],
    },
    ...{ levy: 'governmentFee', trigger: 'lineMonth', onPartialCredit: 'keep' },
    amount: { kind: 'perLine', amount: '0.50' },
  },
];
