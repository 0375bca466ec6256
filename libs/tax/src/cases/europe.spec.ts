import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '@tollkeeper/calendar';
import { netOfGross } from '../assess/net-of-gross';
import { charge, percent, rule, taxInput } from '../sample-rules';
import { readTaxTable } from '../table/read-tax-table';
import { amountsOf, charges, taxesOf } from './case-tables';

const table = (name: string) =>
  readTaxTable(readFileSync(join(__dirname, '../../tables', `${name}.csv`), 'utf8')).rules;

/** Family: standard rates of the European Commission's table (as in ibericode/vat-rates), amounts ours. */
const union = [...table('european-union'), ...table('germany')];
const outside = [...table('united-kingdom'), ...table('switzerland'), ...table('norway')];

it.each<[string, string, string, number, string]>([
  ['E01', 'DE', '2020-06-30', 4999, 'vat 19 % 4999 950'],
  ['E02', 'DE', '2020-07-01', 4999, 'vat 16 % 4999 800'],
  ['E03', 'DE', '2020-12-31', 4999, 'vat 16 % 4999 800'],
  ['E04', 'DE', '2021-01-01', 4999, 'vat 19 % 4999 950'],
  ['E05', 'IE', '2020-08-31', 3000, 'vat 23 % 3000 690'],
  ['E06', 'IE', '2020-09-01', 3000, 'vat 21 % 3000 630'],
  ['E07', 'IE', '2021-02-28', 3000, 'vat 21 % 3000 630'],
  ['E08', 'IE', '2021-03-01', 3000, 'vat 23 % 3000 690'],
  ['E09', 'RO', '2025-07-31', 4500, 'vat 19 % 4500 855'],
  ['E10', 'RO', '2025-08-01', 4500, 'vat 21 % 4500 945'],
  ['E11', 'EE', '2023-12-31', 1995, 'vat 20 % 1995 399'],
  ['E12', 'EE', '2024-01-01', 1995, 'vat 22 % 1995 439'],
  ['E13', 'EE', '2025-07-01', 1995, 'vat 24 % 1995 479'],
  ['E14', 'FI', '2024-08-31', 2490, 'vat 24 % 2490 598'],
  ['E15', 'FI', '2024-09-01', 2490, 'vat 25.5 % 2490 635'],
  ['E16', 'SK', '2024-12-31', 1500, 'vat 20 % 1500 300'],
  ['E17', 'SK', '2025-01-01', 1500, 'vat 23 % 1500 345'],
  ['E18', 'LU', '2022-12-31', 5000, 'vat 17 % 5000 850'],
  ['E19', 'LU', '2023-06-30', 5000, 'vat 16 % 5000 800'],
  ['E20', 'LU', '2024-01-01', 5000, 'vat 17 % 5000 850'],
  ['E21', 'FR', '2013-12-31', 1999, 'vat 19.6 % 1999 392'],
  ['E22', 'FR', '2014-01-01', 1999, 'vat 20 % 1999 400'],
  ['E23', 'HU', '2026-01-31', 3333, 'vat 27 % 3333 900'],
  ['E24', 'GR', '2016-05-31', 3333, 'vat 23 % 3333 767'],
  ['E25', 'GR', '2016-06-01', 3333, 'vat 24 % 3333 800'],
  ['E26', 'SE', '2026-01-31', 9950, 'vat 25 % 9950 2488'],
  ['E27', 'CY', '2014-01-12', 2000, 'vat 18 % 2000 360'],
  ['E28', 'GB', '2011-01-03', 2000, 'vat 17.5 % 2000 350'],
  ['E29', 'GB', '2011-01-04', 2000, 'vat 20 % 2000 400'],
  ['E30', 'CH', '2023-12-31', 6500, 'vat 7.7 % 6500 501'],
  ['E31', 'CH', '2024-01-01', 6500, 'vat 8.1 % 6500 527'],
  ['E32', 'NO', '2026-01-31', 39900, 'vat 25 % 39900 9975'],
])('%s %s, last day of service %s, %i cents: %s', (_, country, lastDay, cents, expected) => {
  const supplied = { from: '2010-12-01', to: addDays(lastDay, 1) };
  const input = { jurisdictions: [country], charges: [charge(cents, supplied)] };
  expect(taxesOf([...union, ...outside], input)).toEqual([expected]);
});

it.each([
  ['E35 Jungholz', ['AT', 'AT-JUNGHOLZ'], 'vatJungholz 19 % 10000 1900'],
  ['E36 Mittelberg', ['AT', 'AT-MITTELBERG'], 'vatMittelberg 19 % 10000 1900'],
  ['E37 Vienna', ['AT'], 'vat 20 % 10000 2000'],
  ['E38 Madeira', ['PT', 'PT-MADEIRA'], 'vatMadeira 22 % 10000 2200'],
  ['E39 Azores', ['PT', 'PT-AZORES'], 'vatAzores 16 % 10000 1600'],
  ['E40 a business on Réunion', ['FR-REUNION'], 'vatDom 8.5 % 10000 850'],
])('%s', (_, jurisdictions, expected) => {
  expect(taxesOf(union, { jurisdictions, charges: charges(10000) })).toEqual([expected]);
});

it('E41 a business on Mayotte: VAT does not apply, and the bill says why', () => {
  const input = { jurisdictions: ['FR-MAYOTTE'], charges: charges(10000) };
  expect(taxesOf(union, input)).toEqual([]);
});

describe('a continuous supply over a change of rate (Directive 2006/112/EC Art. 63 and 64)', () => {
  const romania = (rateChange: 'periodEnd' | 'apportioned') =>
    union.filter(({ jurisdiction }) => jurisdiction === 'RO').map((row) => ({ ...row, rateChange }));
  const middle = { jurisdictions: ['RO'], charges: [charge(3100, { from: '2025-07-15', to: '2025-08-15' })] };

  it('E42 by the rate at its end', () => {
    expect(taxesOf(romania('periodEnd'), middle)).toEqual(['vat 21 % 3100 651']);
  });

  it('E43 or 17 days at 19 %, 14 at 21 %', () => {
    expect(taxesOf(romania('apportioned'), middle)).toEqual(['vat 19 % 1700 323', 'vat 21 % 1400 294']);
  });

  it('E44 with the tax inside: 31.00 and 6.17 are 37.17', () => {
    const gross = { ...middle, charges: [{ ...charge(3717), from: '2025-07-15', to: '2025-08-15' }] };
    const { charges: net, insideMinor } = netOfGross(romania('apportioned'), taxInput(gross));
    expect([net[0]?.amountMinor, insideMinor]).toEqual([3100, 617]);
  });
});

describe('United Kingdom: VAT Notice 700, 17.5 (same family as T016)', () => {
  const vat = (change: Parameters<typeof rule>[0]) =>
    percent('vat', '5', { jurisdiction: 'GB', roundAt: 'line', ...change });
  const lines = { currency: 'GBP', jurisdictions: ['GB'], charges: charges(1735, 1735, 1735) };

  // 5 % of 17.35 is 86.75p.
  it.each([
    [
      'E45 lines to the nearest 0.1p, the total down: 3 x 86.8p = 260.4p',
      { roundStep: '0.001', sumRounding: 'down' as const },
      260,
    ],
    ['E46 lines to the nearest 0.5p: 3 x 87.0p', { roundStep: '0.005' }, 261],
    ['E47 lines to the nearest penny', {}, 261],
    ['E48 the total: 260.25p', { roundAt: 'bill' as const }, 260],
    ['E49 the total, always down', { roundAt: 'bill' as const, rounding: 'down' as const }, 260],
    ['E50 the total, always up', { roundAt: 'bill' as const, rounding: 'up' as const }, 261],
  ])('%s', (_, change, expected) => {
    expect(amountsOf([vat(change)], lines)).toEqual([expected]);
  });
});

it.each([
  ['E51 half up: 12.5 cents', 'halfUp' as const, 250, 13],
  ['E52 half even: 12.5 cents', 'halfEven' as const, 250, 12],
  ['E53 half even: 17.5 cents', 'halfEven' as const, 350, 18],
  ['E54 half down: 17.5 cents', 'halfDown' as const, 350, 17],
  ['E55 half up, a credit', 'halfUp' as const, -250, -13],
])('%s', (_, rounding, cents, expected) => {
  expect(amountsOf([percent('vat', '5', { rounding })], { charges: charges(cents) })).toEqual([expected]);
});

it.each([
  ['E56 Ireland by line: 3 x 0.23', 'line' as const, 69],
  ['E57 Ireland on the bill: 23 % of 2.97', 'bill' as const, 68],
])('%s', (_, roundAt, expected) => {
  expect(amountsOf([percent('vat', '23', { roundAt })], { charges: charges(99, 99, 99) })).toEqual([
    expected,
  ]);
});

describe('prices with tax inside', () => {
  it.each([
    ['E58 Germany 19 % in 19.99', '19', 1999, 1680, 319],
    ['E59 Finland 25.5 % in 9.99', '25.5', 999, 796, 203],
    ['E60 Hungary 27 % in 3,990', '27', 399_000, 314_173, 84_827],
    ['E61 Estonia 24 % in 9.99', '24', 999, 806, 193],
    ['E62 Switzerland 8.1 % in 19.90', '8.1', 1990, 1841, 149],
    ['E63 one cent', '19', 1, 1, 0],
  ])('%s', (_, rate, gross, net, tax) => {
    const found = netOfGross([percent('vat', rate)], taxInput({ charges: charges(gross) }));
    expect([found.charges[0]?.amountMinor, found.insideMinor]).toEqual([net, tax]);
  });
});

it('E64 roaming outside the Union that the law leaves untaxed (Art. 59a) has a tax code of its own', () => {
  const rows = [
    rule(),
    rule({ taxId: 'use', taxCodes: ['roamingOutside'], amount: { kind: 'untaxed' }, law: 'Art. 59a' }),
  ];
  const used = [charge(4000), charge(1500, { taxCode: 'roamingOutside' })];
  expect(taxesOf(rows, { charges: used })).toEqual(['vat 19 % 4000 760']);
});
