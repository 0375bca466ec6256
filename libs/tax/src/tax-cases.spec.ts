import { assessTaxes } from './assess/assess-taxes';
import { placeOfSupply } from './place/place-of-supply';
import { charge, percent, rule, taxInput } from './sample-rules';
import type { TaxRule } from './table/tax-rule';

const us = { currency: 'USD', jurisdictions: ['US', 'US-XX'] };
const amountOf = (rules: TaxRule[], input: Parameters<typeof taxInput>[0]): number[] =>
  assessTaxes(rules, taxInput(input)).taxes.map(({ amountMinor }) => amountMinor);

const usf = (factor: string, share: string): TaxRule =>
  percent('usf', factor, {
    ...{ levy: 'recoveryFee', jurisdiction: 'US', rateDate: 'billDate', rounding: 'down' },
    amount: { kind: 'percentage', percent: factor, share },
  });

it.each([
  ['T004', '36.0', '64.9', 2000, 467],
  ['T004', '38.1', '64.9', 3000, 741],
  ['T006', '36.0', '37.1', 3000, 400],
  ['T006', '38.1', '37.1', 3000, 424],
])('%s: factor %s %%, share %s %%, %i cents of voice: %i', (_, factor, share, price, expected) => {
  expect(amountOf([usf(factor, share)], { ...us, charges: [charge(price)] })).toEqual([expected]);
});

const perLine = (amount: string): TaxRule =>
  rule({
    ...{ taxId: 'e911', levy: 'governmentFee', jurisdiction: 'US-XX', trigger: 'lineMonth' },
    amount: { kind: 'perLine', amount },
  });

it.each([
  ['T009 Texas', '0.50', 4, 200],
  ['T012 Alabama', '1.75', 2, 350],
  ['T012 Arizona', '0.20', 2, 40],
  ['T012 Illinois', '0.87', 1, 87],
  ['T012 Chicago', '3.90', 1, 390],
])('%s: %s a line and month, %i lines: %i cents', (_, amount, count, expected) => {
  const lines = Array.from({ length: count }, (_each, at) => ({
    ...{ lineId: `line ${at}`, month: '2026-02', taxCodes: ['telecom'] },
  }));
  const [first = 0] = amountOf([perLine(amount)], { ...us, lines });
  expect(first).toBe(expected);
});

it.each([
  ['Arizona', '0.80', 40],
  ['Illinois', '3', 150],
  ['Chicago', '9', 450],
  ['Kansas', '1.06', 53],
  ['District of Columbia', '2', 100],
  ['Idaho', '2.5', 125],
])('T012 %s: %s %% of 50.00 prepaid at its sale: %i cents', (_, rate, expected) => {
  const fee = percent('e911', rate, { jurisdiction: 'US-XX', trigger: 'retailSale', rateDate: 'payment' });
  const sale = { triggers: ['retailSale' as const], paidOn: '2026-02-10', charges: [charge(5000)] };
  expect(amountOf([fee], { ...us, ...sale })).toEqual([expected]);
});

it('T014: recovery fees are part of the price that sales tax is on', () => {
  const charges = [4000, 200, 150, 100].map((cents) => charge(cents));
  const [tax] = assessTaxes([percent('sales', '8')], taxInput({ charges })).taxes;
  expect(tax).toMatchObject({ baseMinor: 4450, amountMinor: 356 });
});

it.each([
  ['97100', 'FR-GUADELOUPE'],
  ['97200', 'FR-MARTINIQUE'],
  ['97300', 'FR-GUYANE'],
  ['97412', 'FR-REUNION'],
  ['97600', 'FR-MAYOTTE'],
])('T031: %s is %s for a business with a checked number, France for a consumer', (postalCode, territory) => {
  const vatNumber = {
    ...{ number: 'FR12345678901', country: 'FR', valid: true },
    ...{ checkedAt: '2026-01-05T00:00:00.000Z', consultation: null },
  };
  const placed = (customer: 'business' | 'consumer') =>
    placeOfSupply({
      ...{ sellerCountry: 'FR', customer, simCountry: 'FR', address: { country: 'FR', postalCode } },
      ...{ vatNumber: customer === 'business' ? vatNumber : null, evidence: [] },
    }).jurisdictions;
  expect(placed('business')).toEqual([territory]);
  expect(placed('consumer')).toEqual(['FR']);
});
