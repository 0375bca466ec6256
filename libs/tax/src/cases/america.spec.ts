import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { charge, percent, rule, taxInput } from '../sample-rules';
import type { ServedLine } from '../assess/tax-input';
import { assessTaxes } from '../assess/assess-taxes';
import type { TaxRule } from '../table/tax-rule';
import { readTaxTable } from '../table/read-tax-table';
import { amountsOf, charges, taxesOf } from './case-tables';

const table = (name: string) =>
  readTaxTable(readFileSync(join(__dirname, '../../tables', `${name}.csv`), 'utf8')).rules;

const us = { currency: 'USD', jurisdictions: ['US', 'US-XX'] };

describe('universal service (family of T001 to T006: factors by the FCC, prices ours)', () => {
  it.each([
    ['U01', '2018-06-30', '18.4'],
    ['U02', '2018-07-01', '17.9'],
    ['U03', '2019-12-31', '25.0'],
    ['U04', '2020-01-01', '21.2'],
    ['U05', '2020-09-30', '26.5'],
    ['U06', '2021-04-01', '33.4'],
    ['U07', '2021-12-31', '29.1'],
    ['U08', '2022-07-01', '33.0'],
    ['U09', '2024-04-01', '32.8'],
  ])('%s a bill of %s: %s %%', (_, billDate, factor) => {
    const voice = [charge(100_000, { taxCode: 'voice' })];
    const input = { currency: 'USD', jurisdictions: ['US'], billDate, charges: voice };
    expect(assessTaxes(table('us-federal'), taxInput(input)).taxes[0]?.percent).toBe(factor);
  });

  const usf = (factor: string, share: string, change: Partial<TaxRule> = {}): TaxRule =>
    percent('usf', factor, {
      ...{ levy: 'recoveryFee', jurisdiction: 'US', rateDate: 'billDate', rounding: 'down' },
      amount: { kind: 'percentage', percent: factor, share },
      ...change,
    });

  it.each<[string, TaxRule, number[], number]>([
    ['U10 wireless 37.1 %: 2.6712', usf('36.0', '37.1'), [2000], 267],
    ['U11 VoIP 64.9 %: 7.0092', usf('36.0', '64.9'), [3000], 700],
    ['U12 paging 12 %: 0.4356', usf('36.3', '12'), [1000], 43],
    ['U13 a traffic study of 15.7 %: 2.43036', usf('34.4', '15.7'), [4500], 243],
    ['U14 all interstate: 7.6201... cut', usf('38.1', '100'), [2000], 762],
    ['U15 three lines, cut once: 4.18488', usf('37.6', '37.1'), [1000, 1000, 1000], 418],
    ['U16 three lines, each cut', usf('37.6', '37.1', { roundAt: 'line' }), [1000, 1000, 1000], 417],
    ['U17 a credit beside it: 25.00', usf('37.6', '37.1'), [3000, -500], 348],
    ['U18 a cent of voice', usf('38.1', '64.9'), [1], 0],
  ])('%s', (_, row, cents, expected) => {
    expect(amountsOf([row], { ...us, charges: charges(...cents) })).toEqual([expected]);
  });
});

const linesOf = (count: number, before: string[] = [], charged = 0): ServedLine[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ lineId: `${at}`, month: '2026-02', taxCodes: ['telecom'] },
    ...(at < charged ? { chargedBefore: before } : {}),
  }));

const e911 = (amount: string, lineTiers?: { upToLines: number | null; percent: string }[]): TaxRule =>
  rule({
    ...{ taxId: 'e911', levy: 'governmentFee', jurisdiction: 'US-XX', trigger: 'lineMonth' },
    amount: { kind: 'perLine', amount, ...(lineTiers ? { lineTiers } : {}) },
  });

/** New York County Law § 304(3): not on more than 75 lines. */
const newYork = [
  { upToLines: 75, percent: '100' },
  { upToLines: null, percent: '0' },
];
/** 35 Pa.C.S. § 5307(b). */
const pennsylvania = [
  { upToLines: 25, percent: '100' },
  { upToLines: 100, percent: '75' },
  { upToLines: 250, percent: '50' },
  { upToLines: 500, percent: '20' },
  { upToLines: null, percent: '17.2' },
];

describe('fees per line (family of T009 and T012)', () => {
  it.each<[string, TaxRule, number, number]>([
    ['U20 Alabama', e911('1.75'), 5, 875],
    ['U21 Kansas', e911('0.53'), 3, 159],
    ['U22 Texas', e911('0.50'), 7, 350],
    ['U23 Chicago', e911('5.00'), 2, 1000],
    ['U24 New York, 74 lines', e911('0.35', newYork), 74, 2590],
    ['U25 New York, 75 lines', e911('0.35', newYork), 75, 2625],
    ['U26 New York, 80 lines', e911('0.35', newYork), 80, 2625],
    ['U27 Pennsylvania, 25 lines', e911('1.65', pennsylvania), 25, 4125],
    ['U28 Pennsylvania, 30 lines: 41.25 + 5 x 1.2375', e911('1.65', pennsylvania), 30, 4744],
    ['U29 Pennsylvania, 101 lines: 41.25 + 92.8125 + 0.825', e911('1.65', pennsylvania), 101, 13_489],
    ['U30 Pennsylvania, 501 lines: 340.3125 + 0.2838', e911('1.65', pennsylvania), 501, 34_060],
  ])('%s', (_, row, count, expected) => {
    expect(amountsOf([row], { ...us, lines: linesOf(count) })).toEqual([expected]);
  });

  it('U31 70 lines that an earlier bill has count: 5 of 10 more pay', () => {
    const lines = linesOf(80, ['US-XX/e911'], 70);
    const [tax] = assessTaxes([e911('0.35', newYork)], taxInput({ ...us, lines })).taxes;
    expect(tax).toMatchObject({ amountMinor: 175, units: 5 });
  });

  it('U32 each month counts its own lines', () => {
    const lines = ['2026-01', '2026-02'].flatMap((month) => linesOf(76).map((line) => ({ ...line, month })));
    expect(amountsOf([e911('0.35', newYork)], { ...us, lines })).toEqual([5250]);
  });
});

describe('fees on the retail sale of prepaid service (family of T012)', () => {
  const sale = { ...us, triggers: ['retailSale' as const], paidOn: '2026-02-10' };
  const fee = (amount: TaxRule['amount']): TaxRule =>
    rule({
      ...{ taxId: 'prepaid911', levy: 'governmentFee', jurisdiction: 'US-XX', amount },
      ...{ trigger: 'retailSale', rateDate: 'payment' },
    });

  it.each([
    ['U33 Texas 2 % of 30.00', '2', 3000, 60],
    ['U34 Kansas 1.06 % of 25.00', '1.06', 2500, 27],
    ['U35 District of Columbia 2 % of 33.33', '2', 3333, 67],
    ['U36 Illinois 3 % of 19.99', '3', 1999, 60],
    ['U37 Arizona 0.80 % of 12.34', '0.80', 1234, 10],
    ['U38 Chicago 9 % of 15.55', '9', 1555, 140],
    ['U39 Idaho 2.5 % of 9.99', '2.5', 999, 25],
  ])('%s', (_, rate, cents, expected) => {
    const found = amountsOf([fee({ kind: 'percentage', percent: rate })], {
      ...sale,
      charges: charges(cents),
    });
    expect(found).toEqual([expected]);
  });

  it.each<[string, string, 'charge' | 'bill', number[], number]>([
    ['U40 0.40 a sale (Florida)', '0.40', 'bill', [5000], 40],
    ['U41 1.50 a sale of two cards (Georgia)', '1.50', 'bill', [2500, 1000], 150],
    ['U42 1.50 for each card', '1.50', 'charge', [2500, 1000], 300],
    ['U43 given back with the card', '1.50', 'charge', [2500, -1000], 0],
    ['U44 a sale that is taken back', '0.40', 'bill', [-5000], -40],
    ['U45 nothing sold', '0.40', 'bill', [5000, -5000], 0],
  ])('%s', (_, amount, per, cents, expected) => {
    const found = amountsOf([fee({ kind: 'fixed', amount, per })], { ...sale, charges: charges(...cents) });
    expect(found).toEqual([expected]);
  });
});

describe('taxes on taxes (family of T014)', () => {
  const own = (taxId: string, rate: string, change: Partial<TaxRule> = {}) =>
    percent(taxId, rate, { levy: 'recoveryFee', ...change });
  const grossUp = (taxId: string, rate: string) =>
    own(taxId, rate, { amount: { kind: 'percentage', percent: rate, grossUp: true } });

  it.each<[string, TaxRule[], number[], string[]]>([
    [
      'U50 four charges of one price: 8.475 % of 65.97',
      [percent('sales', '8.475')],
      [6000, 313, 199, 85],
      ['sales 8.475 % 6597 559'],
    ],
    [
      'U51 gross receipts of 5 % passed on: 5.26, sales tax on both',
      [grossUp('receipts', '5'), percent('sales', '6', { onTopOf: ['receipts'] })],
      [10_000],
      ['receipts 5 % 10000 526', 'sales 6 % 10526 632'],
    ],
    ['U52 gross receipts of 2.5 %', [grossUp('receipts', '2.5')], [10_000], ['receipts 2.5 % 10000 256']],
    [
      'U53 a surcharge of 17 % on a tax of 2.5 % (New York Tax Law § 186-c)',
      [
        own('excise', '2.5'),
        own('mta', '17', {
          onTopOf: ['excise'],
          amount: { kind: 'percentage', percent: '17', taxesOnly: true },
        }),
      ],
      [10_000],
      ['excise 2.5 % 10000 250', 'mta 17 % 250 43'],
    ],
    [
      'U54 three storeys: fee, tax on it, tax on both',
      [
        own('fee', '5'),
        percent('county', '2', { onTopOf: ['fee'] }),
        percent('state', '6', { onTopOf: ['fee', 'county'] }),
      ],
      [10_000],
      ['fee 5 % 10000 500', 'county 2 % 10500 210', 'state 6 % 10710 643'],
    ],
  ])('%s', (_, rules, cents, expected) => {
    expect(taxesOf(rules, { charges: charges(...cents) })).toEqual(expected);
  });
});

describe('state and local rates as one (Streamlined Sales and Use Tax Agreement, section 324)', () => {
  const newYorkCity = (roundTogether?: string) =>
    Object.entries({ city: '4.5', mctd: '0.375', state: '4' }).map(([taxId, rate]) =>
      percent(taxId, rate, roundTogether ? { roundTogether } : {}),
    );

  it.each([
    ['U55', 605, [27, 2, 24], [28, 2, 24], 54],
    ['U56', 591, [27, 2, 24], [26, 2, 24], 52],
    ['U57', 724, [33, 3, 29], [32, 3, 29], 64],
    ['U58', -605, [-27, -2, -24], [-28, -2, -24], -54],
  ])('%s 8.875 %% of %i cents: each by itself %j, together %j', (_, cents, alone, together, sum) => {
    expect(amountsOf(newYorkCity(), { charges: charges(cents) })).toEqual(alone);
    const found = amountsOf(newYorkCity('salesTax'), { charges: charges(cents) });
    expect(found).toEqual(together);
    expect(found.reduce((total, each) => total + each, 0)).toBe(sum);
  });

  it('U59 on two charges: the sum of the bill is rounded, each charge bears its part', () => {
    const { taxes } = assessTaxes(newYorkCity('salesTax'), taxInput({ charges: charges(305, 300) }));
    expect(
      taxes.map(({ amountMinor, parts }) => [amountMinor, parts.map((part) => part.amountMinor)]),
    ).toEqual([
      [28, [14, 14]],
      [2, [1, 1]],
      [24, [12, 12]],
    ]);
  });
});

describe('what is not taxed', () => {
  it.each([
    ['U60 the last day of the grandfathered states', '2020-06-30', ['internet - % 4000 94']],
    ['U61 the Internet Tax Freedom Act alone', '2020-07-31', []],
  ])(
    '%s: Texas, internet access of 40.00 (first 25.00 free: Texas Tax Code § 151.325)',
    (_, last, expected) => {
      const tiers = [
        { upToMinor: 2500, percent: '0' },
        { upToMinor: null, percent: '6.25' },
      ];
      const rows = [
        rule({ taxId: 'internet', amount: { kind: 'tiered', tiers }, validTo: '2020-07-01' }),
        rule({ taxId: 'itfa', amount: { kind: 'untaxed' }, validFrom: '2020-07-01' }),
      ];
      const to = last === '2020-06-30' ? '2020-07-01' : '2020-08-01';
      expect(taxesOf(rows, { charges: [charge(4000, { from: '2020-06-01', to })] })).toEqual(expected);
    },
  );

  it.each([
    ['U62 local service alone', 'local', ['fet 3 % 2100 63']],
    ['U63 a bundle with long distance', 'voice', []],
  ])('%s: federal excise tax (26 U.S.C. § 4251, Notice 2006-50)', (_, taxCode, expected) => {
    const rows = [
      percent('fet', '3', { taxCodes: ['local'] }),
      rule({ taxId: 'fetNone', taxCodes: ['voice'], amount: { kind: 'untaxed' } }),
    ];
    expect(taxesOf(rows, { charges: [charge(2100, { taxCode })] })).toEqual(expected);
  });

  it.each([
    ['U64 of the state frees of the state', 'US-XX', undefined, ['city', 'usf']],
    ['U65 of the city frees of the city', 'US-XX-Y', undefined, ['state', 'usf']],
    ['U66 of one tax frees of it', 'US', ['usf'], ['state', 'city']],
    ['U67 of another tax frees of none', 'US-XX', ['other'], ['state', 'city', 'usf']],
  ])('%s: a certificate', (_, jurisdiction, taxIds, left) => {
    const rows = [
      percent('usf', '10', { jurisdiction: 'US', levy: 'recoveryFee' }),
      percent('state', '6', { jurisdiction: 'US-XX' }),
      percent('city', '2', { jurisdiction: 'US-XX-Y' }),
    ];
    const certificate = {
      ...{ certificateId: 'c', number: 'X', reason: 'school', jurisdiction, ...(taxIds ? { taxIds } : {}) },
      ...{ validFromOn: '2020-01-01', validToOn: null },
    };
    const input = { jurisdictions: ['US', 'US-XX', 'US-XX-Y'], certificates: [certificate] };
    const { taxes } = assessTaxes(rows, taxInput({ ...input, charges: charges(1000) }));
    expect(taxes.map(({ taxId }) => taxId).sort()).toEqual([...left].sort());
  });

  it('U68 unbundled by the books: 30.00 of a plan of 50.00 is voice, 20.00 internet access', () => {
    const rows = [
      percent('sales', '8.25', { taxCodes: ['voice'] }),
      rule({ taxId: 'itfa', taxCodes: ['internet'], amount: { kind: 'untaxed' } }),
    ];
    const parts = [charge(3000, { taxCode: 'voice' }), charge(2000, { taxCode: 'internet' })];
    expect(taxesOf(rows, { charges: parts })).toEqual(['sales 8.25 % 3000 248']);
  });
});
