import { expect, it } from '@jest/globals';
import { taxRuleFields, type TaxRule } from '@tollkeeper/tax';
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

const certificate = {
  ...{ certificateId: 'txc_1', number: 'EX-1', jurisdiction: 'US-TX', reason: 'school' },
  ...{ validFromOn: '2020-01-01', validToOn: null },
};

it.each<[string, SaleInput, string[], RegExp | null]>([
  ['rows of the retail sale have said all', sale([prepaid911, sales, usf]), ['2'], null],
  ['no such row: the taxes of bills', sale([sales]), ['6.25'], null],
  ['at its use: rows of the redemption', sale([prepaid911, used], { taxAt: 'use' }), ['3'], null],
  ['at its use, no such row', sale([prepaid911, sales], { taxAt: 'use' }), ['6.25'], null],
  ['a certificate frees', sale([prepaid911], { certificates: [certificate] }), [], null],
  ['what a price cannot contain is listed', sale([usf]), [], /usf is no plain percentage/],
  ['no row at all', sale([], { jurisdictions: ['US'] }), [], /tax code "voice" in US on 2026-02-10/],
  ['value added tax', sale([sampleTax('voice', '19')], { jurisdictions: ['DE'] }), ['19'], null],
])('%s', (_, input, percents, missing) => {
  const found = saleRates(input);
  expect(found.rates.map(({ percent }) => percent)).toEqual(percents);
  if (missing === null) expect(found.missing).toBeNull();
  else expect(found.missing).toMatch(missing);
});
