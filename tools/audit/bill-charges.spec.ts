import { describe, expect, it } from '@jest/globals';
import { type ChargedBill, chargeFaults } from './bill-charges';

const bill: ChargedBill = {
  _id: 'inv_1',
  netMinor: 900,
  taxMinor: 171,
  totalMinor: 1071,
  onceKeys: ['setup/acc/plan/fee', 'promotion/1/plan/start#2'],
  lines: [
    { lineNo: 1, amountMinor: 200, onceKey: 'setup/acc/plan/fee' },
    {
      lineNo: 2,
      amountMinor: 800,
      discounts: [{ discountKey: 'promotion/1/plan/start', amountMinor: -100 }],
      allocation: { revenue: [{ amountMinor: 300 }, { amountMinor: 400 }], tax: [{ amountMinor: 700 }] },
    },
  ],
  discounts: [
    {
      discountKey: 'promotion/1/plan/start',
      amountMinor: -100,
      use: 2,
      of: 3,
      byTaxCode: [{ amountMinor: -60 }, { amountMinor: -40 }],
    },
  ],
  taxes: [{ amountMinor: 171 }],
};
const [first, second] = bill.lines as [ChargedBill['lines'][0], ChargedBill['lines'][0]];
const promotion = bill.discounts?.[0] as NonNullable<ChargedBill['discounts']>[0];

describe('a bill that adds up', () => {
  it('has no fault', () => {
    expect(chargeFaults(bill)).toEqual([]);
  });

  it.each<[string, Partial<ChargedBill>, string]>([
    [
      'a lost cent',
      { totalMinor: 1070 },
      'lines and recovery fees 1000, discounts -100 and taxes 171; it says net 900, tax 171, total 1070',
    ],
    [
      'a promotion that says more than it took',
      { discounts: [{ ...promotion, byTaxCode: [{ amountMinor: -100 }], amountMinor: -110 }] },
      'promotion promotion/1/plan/start takes off -110, its lines -100',
    ],
    [
      'a fourth use of three',
      { discounts: [{ ...promotion, use: 4 }], onceKeys: ['setup/acc/plan/fee', 'promotion/1/plan/start#4'] },
      'promotion promotion/1/plan/start is used for the 4. time of 3',
    ],
    [
      'a promotion that no one named',
      { discounts: [], onceKeys: ['setup/acc/plan/fee'] },
      'lines name promotion promotion/1/plan/start, the bill does not',
    ],
    [
      'a fee that could be charged again',
      { onceKeys: ['promotion/1/plan/start#2'] },
      'charges once promotion/1/plan/start#2, setup/acc/plan/fee, and keeps promotion/1/plan/start#2',
    ],
    [
      'a bundle whose tax parts lose a cent',
      {
        lines: [
          first,
          { ...second, allocation: { revenue: [{ amountMinor: 700 }], tax: [{ amountMinor: 699 }] } },
        ],
      },
      'line 2 is 700, divided into 700 of revenue and 699 of tax base',
    ],
  ])('%s is found', (_, change, fault) => {
    expect(chargeFaults({ ...bill, ...change })).toEqual([fault]);
  });
});
