import { describe, expect, it } from '@jest/globals';
import type { Discount, OfferingVersion, RecurringCharge } from '@tollkeeper/contracts';
import { taxRuleFields, type TaxRule } from '@tollkeeper/tax';
import type { Bill } from './bill';
import { type BillingInput, buildInvoice } from './build-invoice';
import { netOf } from './line-parts';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
  sampleUsage,
} from './sample-billing';
import { storyOf } from './sample-story';
import { usualTaxSettings } from './tax-settings';

/** Worked by hand from the words of the rules: rounded once, half away from zero. */
const of = (minor: number, part: number, whole: number): number => {
  const [sign, size] = minor < 0 ? [-1, -minor] : [1, minor];
  return sign * Number((2n * BigInt(size) * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
};

const offering = (charges: RecurringCharge[], more: Partial<OfferingVersion> = {}): OfferingVersion =>
  sampleOffering('plan', charges, { validFrom: '2000-01-01T00:00:00.000Z', ...more });

const off = (
  discountId: string,
  level: Discount['level'],
  value: string | number,
  more: Partial<Discount> = {},
): Discount => ({
  ...{ discountId, name: discountId, level },
  value:
    typeof value === 'string' ? { off: 'percentage', percent: value } : { off: 'fixed', amountMinor: value },
  ...more,
});

const billed = (more: Partial<BillingInput>): Bill => {
  const bill = buildInvoice(sampleInput(more));
  if (!bill) throw new Error('nothing was billed');
  return bill;
};

const sums = ({ netMinor, taxMinor, totalMinor }: Bill): number[] => [netMinor, taxMinor, totalMinor];

describe('discounts in the stated order', () => {
  const calls = [sampleUsage('1', 'plan', 12_000_000, { taxCode: 'telecom' })];
  it.each<[string, Discount[], number, number[]]>([
    // 12.00 - 1.20; 60.80 - 12.16 = 48.64; - 5.00; 43.64 - 4.36 = 39.28; 19 % = 7.4632.
    [
      'calls 10 %, plan 20 %, plan 5.00, bill 10 %',
      [
        off('d', 'bill', '10'),
        off('c', 'plan', 500),
        off('b', 'plan', '20'),
        off('a', 'line', '10', { appliesTo: { usageTypes: ['voice'] } }),
      ],
      5000,
      [3928, 746, 4674],
    ],
    // 62.00 - 5.00 = 57.00, of which 20 % would be 11.40: percentages come first, 12.40 and 5.00.
    [
      'a percentage before an amount, whatever its name',
      [off('a', 'plan', 500), off('b', 'plan', '20')],
      5000,
      [4460, 847, 5307],
    ],
    // 10 % of 62.00 is 6.20, 10 % of the 55.80 left is 5.58.
    [
      'two percentages one after the other',
      [off('a', 'plan', '10'), off('b', 'plan', '10')],
      5000,
      [5022, 954, 5976],
    ],
    [
      'more than there is: nothing is left, and no debt to the customer',
      [off('a', 'bill', 9900)],
      5000,
      [0, 0, 0],
    ],
    // 20 % of 62.00 is 12.40, but at most 5.00.
    [
      'a percentage with a cap',
      [off('a', 'plan', '20', { value: { off: 'percentage', percent: '20', atMostMinor: 500 } })],
      5000,
      [5700, 1083, 6783],
    ],
    [
      'a cap that is not reached',
      [off('a', 'plan', '5', { value: { off: 'percentage', percent: '5', atMostMinor: 500 } })],
      5000,
      [5890, 1119, 7009],
    ],
  ])('%s', (_, discounts, fee, expected) => {
    const offerings = [offering([sampleCharge('fee', fee)], { discounts, usageTaxCode: 'telecom' })];
    expect(sums(billed({ offerings, totals: calls }))).toEqual(expected);
  });

  it('a capped percentage of single lines takes the cap once, the lines in order', () => {
    const value = { off: 'percentage' as const, percent: '50', atMostMinor: 700 };
    const offerings = [
      offering([sampleCharge('a', 1000), sampleCharge('b', 1000)], {
        discounts: [off('half', 'line', '50', { value })],
      }),
    ];
    expect(billed({ offerings }).lines.map(netOf)).toEqual([500, 800]);
  });

  it('10.00 off a bill at 19 and 7 %: each category bears its share, 7.50 and 2.50', () => {
    const offerings = [
      offering([sampleCharge('a', 6000), sampleCharge('b', 2000, { taxCode: 'book' })], {
        discounts: [off('ten', 'bill', 1000)],
      }),
    ];
    const taxRules = [sampleTax('telecom', '19'), sampleTax('book', '7')];
    const { taxes } = billed({ offerings, taxRules });
    expect(taxes.map(({ baseMinor, amountMinor }) => [baseMinor, amountMinor])).toEqual([
      [1750, of(1750, 7, 100)],
      [5250, of(5250, 19, 100)],
    ]);
  });

  it('two bills at half price, then the whole: months left count bills', () => {
    const offerings = [
      offering([sampleCharge('fee', 2000)], { discounts: [off('start', 'plan', '50', { periods: 2 })] }),
    ];
    const bills = storyOf({
      offerings,
      plans: [['plan', '2026-01-01']],
      cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01'],
    });
    expect(bills.map((bill) => bill?.netMinor)).toEqual([1000, 1000, 2000]);
  });
});

describe('what is given back was billed after discounts', () => {
  const ahead = (discounts: Discount[]) => [
    offering([sampleCharge('fee', 2800, { timing: 'inAdvance', proration: { refundUnused: true } })], {
      discounts,
    }),
  ];
  it.each<[string, Discount[], number[]]>([
    // 28.00 less 20 % is 22.40; 14 of 28 days.
    ['20 % off the plan', [off('a', 'plan', '20')], [2240 * 2, -1120]],
    // The first bill has January and February: 56.00 - 5.00; February bears 2.50 of it: 25.50 / 2.
    ['5.00 off the bill, once', [off('a', 'bill', 500, { periods: 1 })], [5100, -1275]],
    ['all of it: nothing was paid, nothing goes back', [off('a', 'plan', '100')], [0, 0]],
  ])('%s', (_, discounts, nets) => {
    const bills = storyOf({
      offerings: ahead(discounts),
      plans: [['plan', '2026-01-01']],
      ends: '2026-02-15',
      cutOffs: ['2026-02-01', '2026-03-01'],
    });
    expect(bills.map((bill) => bill?.netMinor)).toEqual(nets);
  });

  it('its tax is that of the days: 19 % of -11.20 is -2.13', () => {
    const [, last] = storyOf({
      offerings: ahead([off('a', 'plan', '20')]),
      plans: [['plan', '2026-01-01']],
      ends: '2026-02-15',
      cutOffs: ['2026-02-01', '2026-03-01'],
    });
    expect(last && sums(last)).toEqual([-1120, of(-1120, 19, 100), -1120 - 213]);
  });
});

describe('a minimum of 30.00', () => {
  const minimum = (more: object = {}) => ({
    minimums: [
      {
        ...{ minimumId: 'least', name: 'Least', amountMinor: 3000, of: 'all' as const },
        ...{ taxCode: 'telecom', revenueCategory: 'recurring' as const, ...more },
      },
    ],
  });
  const used = (amountMicro: number) => [sampleUsage('1', 'plan', amountMicro, { taxCode: 'telecom' })];
  it.each<[string, object, Partial<BillingInput>, number]>([
    ['20.00 and 4.50 of calls: 5.50', {}, { totals: used(4_500_000) }, 550],
    ['usage alone counts: 25.50', { of: 'usage' }, { totals: used(4_500_000) }, 2550],
    ['30.00 are reached: nothing', {}, { totals: used(10_000_000) }, 0],
    [
      'from the 12th: 20 of 31 days ask for 19.35, the fee is 12.90',
      {},
      { account: sampleAccount(sampleSubscription('1', 'plan', { activeFrom: '2026-01-12T00:00:00.000Z' })) },
      of(3000, 20, 31) - of(2000, 20, 31),
    ],
    ['a discount is not held against the customer', {}, { totals: used(4_500_000) }, 550],
  ])('%s', (title, more, input, trueUp) => {
    const discounts = title.startsWith('a discount') ? [off('half', 'plan', '50')] : [];
    const offerings = [offering([sampleCharge('fee', 2000)], { commitment: minimum(more), discounts })];
    const { lines } = billed({ offerings, ...input });
    expect(lines.find(({ kind }) => kind === 'minimum')?.amountMinor ?? 0).toBe(trueUp);
  });
});

describe('value added tax', () => {
  const lines = (...amounts: number[]) => [
    offering(amounts.map((amount, at) => sampleCharge(`c${at}`, amount))),
  ];
  it.each<[string, number[], string, boolean, number[]]>([
    // 0.99 x 19 % = 0.1881; line by line it would be 0.18.
    ['once on the sum: 3 x 0.33', [33, 33, 33], '19', false, [99, 19, 118]],
    ['20 % at the half penny: 0.025', [12, 1], '20', false, [13, 3, 16]],
    // 9.99 / 1.19 = 8.3949..
    ['inside 9.99 at 19 %', [999], '19', true, [839, 160, 999]],
    // 29.97 / 1.19 = 25.1848..: three lines share one rounding.
    ['inside 3 x 9.99 at 19 %', [999, 999, 999], '19', true, [2518, 479, 2997]],
    // 9.99 / 1.2 = 8.325.
    ['inside 9.99 at 20 %', [999], '20', true, [833, 166, 999]],
  ])('%s', (_, amounts, percent, pricesIncludeTax, expected) => {
    const taxSettings = { ...usualTaxSettings, pricesIncludeTax };
    const taxRules = [sampleTax('telecom', percent)];
    expect(sums(billed({ offerings: lines(...amounts), taxRules, taxSettings }))).toEqual(expected);
  });

  it.each<[string, TaxRule['rateChange'], number[][]]>([
    ['the rate at the end of the period', 'periodEnd', [[3000, 480]]],
    // 15 days of June at 19 %, 15 of July at 16 %.
    [
      'each part by its days',
      'apportioned',
      [
        [1500, 285],
        [1500, 240],
      ],
    ],
  ])('lowered on 1 July 2020 within a period: %s', (_, rateChange, expected) => {
    const [until, from] = ['2020-07-01', '2020-07-01'];
    const taxRules = [
      sampleTax('telecom', '19', { validFrom: '2007-01-01', validTo: until, rateChange }),
      sampleTax('telecom', '16', { validFrom: from, rateChange }),
    ];
    const cycle = { frequency: 'monthly' as const, anchorDay: 16, zone: 'UTC' };
    const account = sampleAccount(
      sampleSubscription('1', 'plan', { activeFrom: '2020-06-16T00:00:00.000Z' }),
    );
    const input = { cycle, startsOn: '2020-06-16', cutOffOn: '2020-07-16', account, taxRules };
    const { taxes } = billed({ ...input, offerings: lines(3000) });
    expect(taxes.map(({ baseMinor, amountMinor }) => [baseMinor, amountMinor])).toEqual(expected);
  });
});

describe('the United States', () => {
  const row = (fields: Record<string, unknown>): TaxRule =>
    taxRuleFields.parse({
      ...{ name: String(fields['taxId']), levy: 'tax', jurisdiction: 'US-TX', taxCodes: ['telecom'] },
      ...{ validFrom: '2010-01-01', law: 'a law', ...fields },
    });
  const usf = row({
    ...{ taxId: 'usf', levy: 'recoveryFee', jurisdiction: 'US', rateDate: 'billDate', rounding: 'down' },
    amount: { kind: 'percentage', percent: '38.1', share: '64.9' },
  });
  const sales = row({ taxId: 'sales', onTopOf: ['usf'], amount: { kind: 'percentage', percent: '6.25' } });
  const e911 = row({
    ...{ taxId: 'e911', levy: 'governmentFee', trigger: 'lineMonth', onPartialCredit: 'keep' },
    amount: { kind: 'perLine', amount: '0.50' },
  });
  const texan = (subscriptions: number, activeFrom = '2026-01-01T00:00:00.000Z') => ({
    ...sampleAccount(
      ...Array.from({ length: subscriptions }, (_, at) =>
        sampleSubscription(`${at}`, 'plan', { activeFrom }),
      ),
    ),
    currency: 'USD',
    address: { lines: ['1'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' },
  });
  const offerings = [offering([sampleCharge('line', 3000)], { currency: 'USD' })];
  const taxed = (more: Partial<BillingInput>) => {
    const { taxes, recoveryFees = [] } = billed({ offerings, ...more });
    return [...recoveryFees, ...taxes].map(({ taxId, amountMinor }) => `${taxId} ${amountMinor}`).sort();
  };

  it('T004: 30.00 x 64.9 % x 38.1 % = 7.41807, cut to 7.41; sales tax on 37.41 = 2.338125', () => {
    expect(taxed({ account: texan(1), taxRules: [usf, sales] })).toEqual(['sales 234', 'usf 741']);
  });

  it('two lines are cut once: 14.83614, not 2 x 7.41', () => {
    expect(taxed({ account: texan(2), taxRules: [usf] })).toEqual(['usf 1483']);
  });

  it('T009: 0.50 a line, whole from the last day of the month on', () => {
    expect(taxed({ account: texan(4, '2026-01-31T12:00:00.000Z'), taxRules: [usf, e911] })).toContain(
      'e911 200',
    );
  });

  it('a bill from 20 January to 15 February: two months, two fees', () => {
    const cycle = { frequency: 'monthly' as const, anchorDay: 15, zone: 'UTC' };
    const account = texan(1, '2026-01-20T00:00:00.000Z');
    expect(taxed({ account, cycle, cutOffOn: '2026-02-15', taxRules: [usf, e911] })).toContain('e911 100');
  });

  it('a tax on gross receipts of 5 % is 5/95 of the charge: 1.58 on 30.00', () => {
    const receipts = row({
      taxId: 'grt',
      levy: 'recoveryFee',
      amount: { kind: 'percentage', percent: '5', grossUp: true },
    });
    expect(taxed({ account: texan(1), taxRules: [receipts] })).toEqual([`grt ${of(3000, 5, 95)}`]);
  });
});

describe('currencies without and with three decimals', () => {
  const from = (activeFrom: string) => sampleSubscription('1', 'plan', { activeFrom });
  it.each<[string, string, number, string, number[]]>([
    // 10 of 31 days.
    ['JPY', 'JP', 1000, '10', [of(1000, 10, 31), of(323, 10, 100), 323 + 32]],
    ['KWD', 'KW', 3500, '5', [of(3500, 10, 31), of(1129, 5, 100), 1129 + 56]],
    ['BHD', 'BH', 7777, '10', [of(7777, 10, 31), of(2509, 10, 100), 2509 + 251]],
  ])('%s', (currency, country, price, percent, expected) => {
    const usual = sampleAccount(from('2026-01-22T00:00:00.000Z'));
    const account = { ...usual, currency, address: { ...usual.address, country } };
    const taxRules = [sampleTax('telecom', percent, { jurisdiction: country })];
    const offerings = [offering([sampleCharge('fee', price)], { currency })];
    expect(sums(billed({ account, offerings, taxRules }))).toEqual(expected);
  });
});
