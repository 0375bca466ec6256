import { describe, expect, it } from '@jest/globals';
import { type BillingInput, buildInvoice } from './build-invoice';
import { cappedBefore, serviceMonth } from './capped-before';
import { lastBilledOf } from './charged-through';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
} from './sample-billing';

/** 5 %, at most 1.00 for each line and month. */
const capped = [
  sampleTax('telecom', '5', {
    amount: { kind: 'percentage', percent: '5', capMinor: 100, capAt: 'lineMonth' },
  }),
];

describe('taxes that are capped for a line and month, over bills', () => {
  it.each([
    ['a month', { from: '2026-02-01', to: '2026-03-01' }, '2026-02', 1],
    [
      'a part of it',
      { from: '2026-01-22', to: '2026-02-01', chargePeriod: { from: '2026-01-01', to: '2026-02-01' } },
      '2026-01',
      1,
    ],
    ['a month by anniversary', { from: '2026-01-15', to: '2026-02-15' }, '2026-01', 1],
    ['a quarter', { from: '2026-01-01', to: '2026-04-01' }, '2026-01', 3],
    ['a day', { from: '2026-02-03', to: '2026-02-04' }, '2026-02', 1],
  ])('%s', (_, line, month, months) => {
    expect(serviceMonth(line)).toEqual({ month, months });
  });

  it('February: 0.80 of 16.00 in advance, and 0.20 of 16.00 in arrears by the next bill', () => {
    const input: Partial<BillingInput> = {
      account: sampleAccount(sampleSubscription('1', 'plan', { activeFrom: '2026-02-01T00:00:00.000Z' })),
      offerings: [
        sampleOffering('plan', [
          sampleCharge('ahead', 1600, { timing: 'inAdvance' }),
          sampleCharge('after', 1600, { timing: 'inArrears' }),
        ]),
      ],
      taxRules: capped,
    };
    const first = buildInvoice(sampleInput({ ...input, cutOffOn: '2026-02-01' }));
    const second = buildInvoice(
      sampleInput({
        ...input,
        cutOffOn: '2026-03-01',
        lastBilled: lastBilledOf('2026-02-01', first?.charged ?? []),
        cappedBefore: cappedBefore(first ? [first] : [], capped),
      }),
    );
    expect(first?.taxMinor).toBe(80);
    const parts = second?.taxes[0]?.parts?.map(({ amountMinor }) => amountMinor);
    expect(parts).toEqual([20, 80]);
  });
});
