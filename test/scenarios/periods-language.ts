import { clockStartsAt } from '../../tools/sample/operator';
import type { Operator } from './operator';

const plain = {
  currency: 'USD',
  validFrom: clockStartsAt,
  deckId: 'pinewood-retail',
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
};

const line = (amountMinor: number) => ({
  chargeId: 'line',
  name: 'Line',
  amountMinor,
  timing: 'inAdvance',
  per: 'subscription',
  prorate: true,
  taxCode: 'telecom',
  revenueCategory: 'recurring',
  proration: { refundUnused: true },
  whileRestricted: { paused: 'credit' },
});

/** Plans that give back what is not used. */
export async function offerPeriods(operator: Operator): Promise<void> {
  const offerings = [
    {
      ...plain,
      offeringId: 'basic-month',
      name: 'Basic',
      recurringCharges: [line(2800)],
      discounts: [
        {
          discountId: 'always',
          name: 'Always 20 %',
          value: { off: 'percentage', percent: '20' },
          level: 'plan',
        },
      ],
    },
    { ...plain, offeringId: 'large-month', name: 'Large', recurringCharges: [line(5600)] },
    {
      ...plain,
      offeringId: 'whole-year',
      name: 'Year',
      recurringCharges: [{ ...line(36500), every: { unit: 'year', count: 1 } }],
    },
    {
      ...plain,
      offeringId: 'contract',
      name: 'Contract',
      recurringCharges: [{ ...line(2800), prorate: false, proration: {} }],
      oneOffCharges: [
        {
          ...{ chargeId: 'start', name: 'Activation', amountMinor: 1000, when: 'activation' },
          ...{ taxCode: 'telecom', revenueCategory: 'fee' },
        },
      ],
      commitment: {
        termMonths: 12,
        earlyTermination: {
          ...{ name: 'Leaving early', taxCode: 'telecom', revenueCategory: 'fee' },
          charge: { fee: 'fixed', amountMinor: 9000 },
        },
      },
    },
  ];
  await operator.api.post('/v1/catalog/import', { offerings });
  await operator.settle();
}
