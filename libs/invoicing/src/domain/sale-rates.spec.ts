import { expect, it } from '@jest/globals';
import { type ExactRate, taxRuleFields, type TaxRule } from '@tollkeeper/tax';
import { containedTax } from './ledger/contained-tax';
import { sampleTax } from './sample-billing';
import { type SaleInput, saleRates } from './sale-rates';

const row = (fields: Record<string, unknown>): TaxRule =>
  taxRuleFields.parse({
    ...{ levy: 'governmentFee', name: 'fee', jurisdiction: 'US-TX', taxCodes: ['voice'] },
    ...{ validFrom: '2010-01-01', law: 'a law' },
    ...fields,
  });

const prepaid911 = row({
  ...{ taxId: 'prepaid911', trigger: 'retailSale', rateDate: 'payment' },
  amount: { kind: 'percentage', percent: '2' },
});
const sales = row({ taxId: 'sales', levy: 'tax', amount: { kind: 'percentage', percent: '6.25' } });
const usf = row({
  ...{ taxId: 'usf', name: 'Recovery', levy: 'recoveryFee' },
  amount: { kind: 'percentage', percent: '37.6', share: '37.1' },
});
const used = row({
  ...{ taxId: 'use', trigger: 'redemption' },
  amount: { kind: 'percentage', percent: '3' },
});

const sale = (rules: TaxRule[], more: Partial<SaleInput> = {}): SaleInput => ({
  ...{ rules, taxCode: 'voice', taxAt: 'sale', on: '2026-02-10', currency: 'USD' },
  ...{ jurisdictions: ['US', 'US-TX'], segment: 'consumer' },
  ...more,
});

const gst = { taxId: 'gst', amount: { kind: 'percentage', percent: '5' } };
const qst = { taxId: 'qst', amount: { kind: 'percentage', percent: '9.5' } };
const prepaid = { taxId: 'prepaid', trigger: 'retailSale', amount: { kind: 'percentage', percent: '2' } };
const flat = row({
  ...{ taxId: 'flat', trigger: 'retailSale', rateDate: 'payment' },
  amount: { kind: 'fixed', amount: '0.40', per: 'bill' },
});

const certificate = {
  ...{ certificateId: 'txc_1', number: 'EX-1', jurisdiction: 'US-TX', reason: 'school' },
  ...{ validFromOn: '2020-01-01', validToOn: null },
};

const percentOf = ({ numerator, denominator }: ExactRate): string =>
  `${Number((numerator * 10_000_000n) / denominator) / 100_000}`;

it.each<[string, SaleInput, string[], RegExp | null]>([
  ['rows of the retail sale have said all', sale([prepaid911, sales, usf]), ['2'], null],
  ['no such row: the taxes of bills', sale([sales]), ['6.25'], null],
  ['at its use: rows of the redemption', sale([prepaid911, used], { taxAt: 'use' }), ['3'], null],
  ['at its use, no such row', sale([prepaid911, sales], { taxAt: 'use' }), ['6.25'], null],
  ['a certificate frees', sale([prepaid911], { certificates: [certificate] }), [], null],
  ['what a price cannot contain is listed', sale([usf]), [], /usf is no plain percentage/],
  [
    'S10 a tax on a tax: 9.5 % of 105 % (Québec in 2012)',
    sale([row({ ...gst, levy: 'tax' }), row({ ...qst, levy: 'tax', onTopOf: ['gst'] })]),
    ['5', '9.975'],
    null,
  ],
  [
    'S11 inside its own base: 25 % of the price is a third of the net (Brazil)',
    sale([row({ taxId: 'icms', amount: { kind: 'percentage', percent: '25', grossUp: true } })]),
    ['33.33333'],
    null,
  ],
  [
    'S12 with a cap it is not contained',
    sale([row({ taxId: 'most', amount: { kind: 'percentage', percent: '5', capMinor: 100 } })]),
    [],
    /most is no plain percentage/,
  ],
  [
    'S13 nor a tax on an amount for each sale',
    sale([flat, row({ ...prepaid, onTopOf: ['flat'] })]),
    [],
    /prepaid is no plain percentage/,
  ],
  ['no row at all', sale([], { jurisdictions: ['US'] }), [], /tax code "voice" in US on 2026-02-10/],
  ['value added tax', sale([sampleTax('voice', '19')], { jurisdictions: ['DE'] }), ['19'], null],
])('%s', (_, input, percents, missing) => {
  const found = saleRates(input);
  expect(found.rates.map(({ rate }) => percentOf(rate))).toEqual(percents);
  if (missing === null) expect(found.missing).toBeNull();
  else expect(found.missing).toMatch(missing);
});

it('S14 an amount for each sale: 0.40 of a card of 10.60, and 2 % in the rest', () => {
  const { rates, missing } = saleRates(sale([flat, row(prepaid)]));
  expect(missing).toBeNull();
  expect(containedTax(1060, rates)).toEqual([{ jurisdiction: 'US-TX', amountMinor: 60 }]);
});

it('S15 compound taxes in 114.98: 5.00 and 9.98', () => {
  const rules = [
    row({ ...gst, jurisdiction: 'US', levy: 'tax' }),
    row({ ...qst, levy: 'tax', onTopOf: ['gst'] }),
  ];
  expect(containedTax(11_498, saleRates(sale(rules)).rates)).toEqual([
    { jurisdiction: 'US', amountMinor: 500 },
    { jurisdiction: 'US-TX', amountMinor: 998 },
  ]);
});
