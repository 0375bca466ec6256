import { describe, expect, it } from '@jest/globals';
import type { AccountDiscount, Bundle, Discount } from '@tollkeeper/contracts';
import fc from 'fast-check';
import { invoiceSchedules } from '../books/domain/invoice-schedules';
import type { Bill } from './bill';
import { type BillingInput, buildInvoice } from './build-invoice';
import { lastBilledOf } from './charged-through';
import { explainLine } from './explain-line';
import { invoicePosting } from './invoice-posting';
import { netOf } from './line-parts';
import type { PlacedCharge } from './one-off-charges';
import {
  sampleAccount,
  sampleCharge,
  sampleFee,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleUsage,
} from './sample-billing';

const cutOffs = ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'];
const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);

/** Bill after bill, each with what the ones before it have billed. */
function billsOf(given: (cutOffOn: string) => Partial<BillingInput>): (Bill | null)[] {
  let lastBilled: BillingInput['lastBilled'] = null;
  const billedOnce = new Set<string>();
  return cutOffs.map((cutOffOn) => {
    const bill = buildInvoice(sampleInput({ ...given(cutOffOn), cutOffOn, lastBilled, billedOnce }));
    if (bill) lastBilled = lastBilledOf(cutOffOn, bill.charged ?? []);
    for (const key of bill?.onceKeys ?? []) billedOnce.add(key);
    return bill;
  });
}

/** `what amount` of lines and discounts in order, then the tax and the total. */
const shown = (bill: Bill | null): string =>
  bill === null
    ? 'no bill'
    : [
        ...bill.lines.map(({ description, amountMinor }) => `${description} ${amountMinor}`),
        ...(bill.discounts ?? []).map(
          ({ name, amountMinor, use, of }) => `${name} ${amountMinor}${of ? ` (${use}/${of})` : ''}`,
        ),
        `tax ${bill.taxMinor}`,
        `total ${bill.totalMinor}`,
      ].join(', ');

const twentyOff: Discount = {
  discountId: 'start',
  name: 'Start',
  value: { off: 'percentage', percent: '20' },
  level: 'plan',
  periods: 3,
};

const coupon = (discount: Partial<AccountDiscount['discount']>, more: Partial<AccountDiscount> = {}) => ({
  accountDiscountId: 'dsc_1',
  revision: 1,
  accountId: 'acc_1',
  subscriptionId: null,
  offeringIds: null,
  from: '2026-01-15T12:00:00.000Z',
  to: null,
  code: 'SPRING',
  discount: {
    discountId: 'spring',
    name: 'Spring',
    value: { off: 'fixed' as const, amountMinor: 300 },
    level: 'bill' as const,
    ...discount,
  },
  ...more,
});

describe('fees that are charged once', () => {
  const fees = [sampleFee('setup', 5000, 'setup'), sampleFee('activation', 990, 'activation')];
  const offerings = [sampleOffering('plan', [], { oneOffCharges: fees })];
  const two = sampleAccount(
    sampleSubscription('1', 'plan'),
    sampleSubscription('2', 'plan', { activeFrom: '2026-02-10T09:00:00.000Z' }),
  );

  it('setup once for the account, activation once for each subscription, with the bill after it began', () => {
    expect(billsOf(() => ({ offerings, account: two })).map(shown)).toEqual([
      'plan: setup 5000, plan: activation 990, tax 1138, total 7128',
      'plan: activation 990, tax 188, total 1178',
      'no bill',
      'no bill',
    ]);
  });

  it('the same keys again: the bill of the same cut-off is the same, a later one has none of them', () => {
    const first = buildInvoice(sampleInput({ offerings, account: two }));
    expect(first?.onceKeys).toEqual(['setup/acc_1/plan/setup', 'activation/1/plan/activation/1']);
    const again = buildInvoice(
      sampleInput({ offerings, account: two, billedOnce: new Set(first?.onceKeys) }),
    );
    expect(again).toBeNull();
  });

  it('somebody who came before the cycle began has paid elsewhere', () => {
    expect(shown(buildInvoice(sampleInput({ offerings, account: two, startsOn: '2026-01-15' })))).toBe(
      'no bill',
    );
  });

  it('its own price, on its own day', () => {
    const price = { kind: 'charge' as const, offeringId: 'plan', chargeId: 'activation', amountMinor: 0 };
    const overrides = [
      {
        overrideId: 'ovr',
        revision: 1,
        accountId: 'acc_1',
        subscriptionId: '2',
        price,
        from: '2026-02-01T00:00:00.000Z',
        to: null,
      },
    ];
    const bills = billsOf(() => ({ offerings, account: two, overrides }));
    expect(
      bills
        .flatMap((bill) => bill?.lines ?? [])
        .map(({ amountMinor, price: own }) => [amountMinor, own?.source]),
    ).toEqual([
      [5000, 'list'],
      [990, 'list'],
      [0, 'override'],
    ]);
  });

  it('placed by hand: with the first bill whose cut-off is later than its day', () => {
    const swap: PlacedCharge = {
      placedChargeId: 'ofc_1',
      accountId: 'acc_1',
      subscriptionId: '1',
      offeringId: null,
      offeringVersion: null,
      chargeId: null,
      description: 'SIM swap',
      amountMinor: 1500,
      taxCode: 'telecom',
      revenueCategory: 'fee',
      on: '2026-02-01',
      reason: 'lost phone',
    };
    const bills = billsOf(() => ({ offerings: [sampleOffering('plan', [])], placed: [swap] }));
    expect(bills.map(shown)).toEqual(['no bill', 'SIM swap 1500, tax 285, total 1785', 'no bill', 'no bill']);
    expect(bills[1]?.lines[0]?.price).toMatchObject({
      source: 'placed',
      sourceId: 'ofc_1',
    });
  });
});

describe('promotions over the months', () => {
  const offerings = [sampleOffering('plan', [sampleCharge('fee', 1000)], { discounts: [twentyOff] })];

  it('three periods of 20 %, counted by bills; a coupon from the day it was redeemed', () => {
    const accountDiscounts = [coupon({ periods: 2 })];
    expect(billsOf(() => ({ offerings, accountDiscounts })).map(shown)).toEqual([
      'plan: fee 1000, Start -200 (1/3), Spring -300 (1/2), tax 95, total 595',
      'plan: fee 1000, Start -200 (2/3), Spring -300 (2/2), tax 95, total 595',
      'plan: fee 1000, Start -200 (3/3), tax 152, total 952',
      'plan: fee 1000, tax 190, total 1190',
    ]);
  });

  it('a month without a bill uses nothing up', () => {
    const bills = billsOf((cutOffOn) => ({
      offerings: [sampleOffering('plan', [], { discounts: [twentyOff] })],
      totals: cutOffOn === '2026-03-01' ? [] : [sampleUsage('1', 'plan', 10_000_000)],
    }));
    expect(bills.map(shown)).toEqual([
      'Calls 1000, Start -200 (1/3), tax 80, total 880',
      'no bill',
      'Calls 1000, Start -200 (2/3), tax 80, total 880',
      'Calls 1000, Start -200 (3/3), tax 80, total 880',
    ]);
  });

  it.each<[string, Partial<AccountDiscount>, string[]]>([
    ['from March on', { from: '2026-03-20T00:00:00.000Z' }, ['', '', '-300', '-300']],
    ['until 1 March', { to: '2026-03-01T00:00:00.000Z' }, ['-300', '-300', '', '']],
    ['of another subscription', { subscriptionId: 'other' }, ['', '', '', '']],
    ['of this plan', { offeringIds: ['plan'] }, ['-300', '-300', '-300', '-300']],
    ['taken back before it began', { to: '2026-01-15T12:00:00.000Z' }, ['', '', '', '']],
  ])('a coupon %s', (_, more, expected) => {
    const plain = [sampleOffering('plan', [sampleCharge('fee', 1000)])];
    const bills = billsOf(() => ({ offerings: plain, accountDiscounts: [coupon({}, more)] }));
    expect(
      bills.map((bill) => (bill?.discounts ?? []).map(({ amountMinor }) => `${amountMinor}`).join()),
    ).toEqual(expected);
  });

  it('one of a coupon is for those who redeemed it', () => {
    const behind = { ...twentyOff, coupons: [{ code: 'START' }] };
    const given = [sampleOffering('plan', [sampleCharge('fee', 1000)], { discounts: [behind] })];
    expect(shown(buildInvoice(sampleInput({ offerings: given })))).toBe(
      'plan: fee 1000, tax 190, total 1190',
    );
  });

  it('a discount of one tax category lowers that tax base alone', () => {
    const bill = buildInvoice(
      sampleInput({
        totals: [sampleUsage('1', 'plan', 5_000_000)],
        accountDiscounts: [
          coupon({ appliesTo: { taxCodes: ['voice'] }, value: { off: 'percentage', percent: '50' } }),
        ],
      }),
    );
    expect(bill?.taxes.map(({ name, baseMinor, amountMinor }) => [name, baseMinor, amountMinor])).toEqual([
      ['VAT telecom', 1000, 190],
      ['VAT voice', 250, 25],
    ]);
    expect(bill?.discounts?.[0]).toMatchObject({
      byTaxCode: [{ taxCode: 'voice', amountMinor: -250 }],
      code: 'SPRING',
    });
  });

  it('what is charged in advance is deferred and earned after its discount', () => {
    const inAdvance = [
      sampleOffering('plan', [sampleCharge('fee', 1000, { timing: 'inAdvance' })], {
        discounts: [twentyOff],
      }),
    ];
    const bill = buildInvoice(sampleInput({ offerings: inAdvance }))!;
    expect(bill.lines.map((line) => [line.from, netOf(line)])).toEqual([
      ['2026-01-01', 800],
      ['2026-02-01', 800],
    ]);
    const posted = Object.fromEntries(
      invoicePosting(bill).map(({ account, amountMinor }) => [account, amountMinor]),
    );
    expect(posted).toEqual({
      receivable: 1904,
      'revenue:recurring': -800,
      deferredRevenue: -800,
      'taxPayable:DE': -304,
    });
    expect(
      invoiceSchedules({ _id: 'inv', ...bill }, '2026-02-01').map(({ totalMinor }) => totalMinor),
    ).toEqual([800]);
  });
});

const phoneAndPlan: Bundle = {
  components: [
    { componentId: 'voice', name: 'Calls', taxCode: 'voice', taxCategory: 'voice', revenueCategory: 'voice' },
    { componentId: 'data', name: 'Data', taxCode: 'data', taxCategory: 'data', revenueCategory: 'data' },
    {
      componentId: 'phone',
      name: 'Phone',
      taxCode: 'device',
      taxCategory: 'device',
      revenueCategory: 'device',
    },
  ],
  revenue: {
    in: 'amounts',
    shares: [
      { componentId: 'voice', amountMinor: 1000 },
      { componentId: 'data', amountMinor: 1000 },
      { componentId: 'phone', amountMinor: 1000 },
    ],
  },
  tax: {
    in: 'millionths',
    shares: [
      { componentId: 'voice', millionths: 500_000 },
      { componentId: 'data', millionths: 250_000 },
      { componentId: 'phone', millionths: 250_000 },
    ],
  },
};

describe('a bundle has one price and is divided twice', () => {
  const bundle = (discounts: Discount[] = [], amountMinor = 3000) => [
    sampleOffering('bundle', [sampleCharge('price', amountMinor, { timing: 'inAdvance' })], {
      kind: 'bundle',
      bundle: phoneAndPlan,
      discounts,
    }),
  ];
  const account = sampleAccount(
    sampleSubscription('1', 'bundle', { activeFrom: '2026-01-22T00:00:00.000Z' }),
  );

  it('the first days and a month: 968 and 3000, in thirds of revenue and by half and quarters of tax', () => {
    const bill = buildInvoice(sampleInput({ offerings: bundle(), account }))!;
    expect(
      bill.lines.map(({ amountMinor, allocation }) => [
        amountMinor,
        allocation?.revenue.map((each) => each.amountMinor),
        allocation?.tax.map((each) => each.amountMinor),
      ]),
    ).toEqual([
      [968, [323, 323, 322], [484, 242, 242]],
      [3000, [1000, 1000, 1000], [1500, 750, 750]],
    ]);
    // 10 % of 1984 voice, 20 % of 992 data, 0 % of 992 device
    expect(bill.taxes.map(({ baseMinor, amountMinor }) => [baseMinor, amountMinor])).toEqual([
      [992, 198],
      [1984, 198],
    ]);
    const posted = Object.fromEntries(
      invoicePosting(bill).map(({ account: name, amountMinor }) => [name, amountMinor]),
    );
    expect(posted).toEqual({
      receivable: 4364,
      'revenue:voice': -323,
      'revenue:data': -323,
      'revenue:device': -322,
      deferredRevenue: -3000,
      'taxPayable:DE': -396,
    });
    expect(
      invoiceSchedules({ _id: 'inv', ...bill }, '2026-02-01').map(({ _id, totalMinor }) => [_id, totalMinor]),
    ).toEqual([
      ['inv.2.voice', 1000],
      ['inv.2.data', 1000],
      ['inv.2.device', 1000],
    ]);
  });

  it('a discount lowers the parts in proportion, one of a tax category that part alone', () => {
    const tenOff: Discount = { ...twentyOff, value: { off: 'percentage', percent: '10' } };
    const dataOff: Discount = {
      discountId: 'data',
      name: 'Data week',
      value: { off: 'fixed', amountMinor: 200 },
      level: 'line',
      appliesTo: { taxCodes: ['data'] },
    };
    const [, month] = buildInvoice(sampleInput({ offerings: bundle([tenOff, dataOff]), account }))!.lines;
    // fixed 200 is shared by 242 and 750 of data: 49 and 151; then 10 % of 919 + 2849 = 377
    expect(month?.discounts).toMatchObject([{ amountMinor: -151 }, { amountMinor: -285 }]);
    expect(month?.allocation?.tax.map(({ amountMinor }) => amountMinor)).toEqual([1350, 539, 675]);
    expect(month?.allocation?.revenue.map(({ amountMinor }) => amountMinor)).toEqual([855, 855, 854]);
  });

  it('law: both divisions add up to the line, whatever the price and the shares', () => {
    const weights = fc.tuple(
      fc.integer({ min: 1, max: 999_999 }),
      fc.integer({ min: 0, max: 999_999 }),
      fc.nat(9),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        weights,
        weights,
        fc.nat(100),
        (price, earned, taxed, off) => {
          const shares = (list: number[]) =>
            ['voice', 'data', 'phone'].map((componentId, at) => ({
              componentId,
              amountMinor: list[at] ?? 0,
            }));
          const divided: Bundle = {
            ...phoneAndPlan,
            revenue: { in: 'amounts', shares: shares(earned) },
            tax: { in: 'amounts', shares: shares(taxed) },
          };
          const discounts = [{ ...twentyOff, value: { off: 'percentage' as const, percent: `${off}` } }];
          const offerings = [{ ...bundle(discounts, price)[0]!, bundle: divided }];
          for (const line of buildInvoice(sampleInput({ offerings, account }))!.lines) {
            expect(sum(line.allocation!.revenue.map(({ amountMinor }) => amountMinor))).toBe(netOf(line));
            expect(sum(line.allocation!.tax.map(({ amountMinor }) => amountMinor))).toBe(netOf(line));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

it('a correction of January stands on a line of its own, with its own days; promotions do not touch it', () => {
  const corrects = { from: '2026-01-01', to: '2026-02-01', invoiceId: 'inv_1', reason: 'wrong deck' };
  const bill = buildInvoice(
    sampleInput({
      cutOffOn: '2026-03-01',
      offerings: [sampleOffering('plan', [], { discounts: [twentyOff] })],
      totals: [
        sampleUsage('1', 'plan', 2_000_000),
        sampleUsage('1', 'plan', -500_000, { corrects, periodId: 'per_0' }),
      ],
    }),
  )!;
  expect(
    bill.lines.map(({ description, from, to, amountMinor }) => [description, from, to, amountMinor]),
  ).toEqual([
    ['Calls', '2026-02-01', '2026-03-01', 200],
    ['Calls', '2026-01-01', '2026-02-01', -50],
  ]);
  expect(bill).toMatchObject({ netMinor: 110, taxMinor: 11, discounts: [{ amountMinor: -40 }] });
  expect(explainLine(bill.lines[1]!, 'EUR').map(({ text }) => text)).toEqual([
    'Calls: 1 min, 1 record; exact amount rounded once for the line',
    'Difference to what was billed for 1 Jan 2026 – 31 Jan 2026 (invoice inv_1): wrong deck',
    'Before tax: -€0.50',
  ]);
});

it('a line says how it came about', () => {
  const offerings = [
    sampleOffering('plan', [sampleCharge('fee', 3100)], { discounts: [twentyOff], version: 4 }),
  ];
  const account = sampleAccount(sampleSubscription('1', 'plan', { activeFrom: '2026-01-22T00:00:00.000Z' }));
  const bill = buildInvoice(sampleInput({ offerings, account }))!;
  expect(
    explainLine(bill.lines[0]!, 'EUR', bill.discounts).map(({ step, text }) => `${step}: ${text}`),
  ).toEqual([
    'price: plan: fee: €31.00, list price of plan version 4',
    'proration: 22 Jan 2026 – 31 Jan 2026 of 1 Jan 2026 – 31 Jan 2026: 10 of 31 days x €31.00 = €10.00',
    'discount: Start, 20 % (1 of 3): -€2.00',
    'net: Before tax: €8.00',
  ]);
});
