import { describe, expect, it } from '@jest/globals';
import { type BillingInput, buildInvoice } from './build-invoice';
import { planChangePrice, withPlanFrom } from './plan-change-price';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
} from './sample-billing';
import { lastBilledOf } from './charged-through';

const ahead = { timing: 'inAdvance' as const, proration: { refundUnused: true } };
const offerings = [
  sampleOffering('small', [sampleCharge('fee', 2800, ahead)]),
  sampleOffering('large', [sampleCharge('fee', 5600, ahead)]),
  sampleOffering('after', [sampleCharge('fee', 5600)]),
];
const account = sampleAccount(sampleSubscription('1', 'small'));
const january = buildInvoice(sampleInput({ account, offerings }));
const march = (more: Partial<BillingInput>) =>
  buildInvoice(
    sampleInput({
      offerings,
      cutOffOn: '2026-03-01',
      lastBilled: lastBilledOf('2026-02-01', january?.charged ?? []),
      ...more,
    }),
  );

describe('what a change of plan costs', () => {
  it.each<[string, string, string, number[], number[]]>([
    // 14 of 28 days: -14.00 + 28.00, 19 % of it; March is 56.00 instead of 28.00.
    ['upgrade on 15 February', 'large', '2026-02-15', [1400, 266, 1666], [2800, 7000]],
    [
      'in arrears: the days are charged with the bill',
      'after',
      '2026-02-15',
      [1400, 266, 1666],
      [2800, 1400],
    ],
    ['from the end of the period nothing is prorated', 'large', '2026-03-01', [0, 0, 0], [2800, 5600]],
  ])('%s', (_, offeringId, on, prorated, bills) => {
    const changed = withPlanFrom(account, '1', offeringId, `${on}T00:00:00.000Z`);
    const price = planChangePrice(march({ account }), march({ account: changed ?? account }), '2026-03-01');
    expect(Object.values(price.prorated)).toEqual(prorated);
    expect([price.before.netMinor, price.after.netMinor]).toEqual(bills);
  });

  it('a service that is over, or not begun, has no change', () => {
    const ended = sampleAccount(sampleSubscription('1', 'small', { activeTo: '2026-02-01T00:00:00.000Z' }));
    expect(withPlanFrom(ended, '1', 'large', '2026-02-15T00:00:00.000Z')).toBeNull();
    expect(withPlanFrom(account, '1', 'large', '2025-12-15T00:00:00.000Z')).toBeNull();
    expect(withPlanFrom(account, '2', 'large', '2026-02-15T00:00:00.000Z')).toBeNull();
  });
});
