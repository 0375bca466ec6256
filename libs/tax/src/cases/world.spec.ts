import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepingGross, netOfGross } from '../assess/net-of-gross';
import { assessTaxes } from '../assess/assess-taxes';
import { charge, percent, taxInput } from '../sample-rules';
import type { TaxRule } from '../table/tax-rule';
import { readTaxTable } from '../table/read-tax-table';
import { amountsOf, charges, taxesOf } from './case-tables';

const table = (name: string) =>
  readTaxTable(readFileSync(join(__dirname, '../../tables', `${name}.csv`), 'utf8')).rules;

describe('Canada (rates by law, amounts ours)', () => {
  const canada = table('canada');
  const month = (last: string) => ({ from: `${last.slice(0, 7)}-01`, to: nextMonth(last) });
  const nextMonth = (last: string) => {
    const [year = 0, at = 0] = last.split('-').map(Number);
    return at === 12 ? `${year + 1}-01-01` : `${year}-${String(at + 1).padStart(2, '0')}-01`;
  };

  it.each<[string, string, string, number, string[]]>([
    ['W01', 'QC', '2010-12', 3999, ['gst 5 % 3999 200', 'qst 7.5 % 4199 315']],
    ['W02', 'QC', '2011-12', 3999, ['gst 5 % 3999 200', 'qst 8.5 % 4199 357']],
    ['W03', 'QC', '2012-12', 3999, ['gst 5 % 3999 200', 'qst 9.5 % 4199 399']],
    ['W04', 'QC', '2013-01', 3999, ['gst 5 % 3999 200', 'qst 9.975 % 3999 399']],
    ['W05', 'PE', '2013-03', 10_000, ['gst 5 % 10000 500', 'pst 10 % 10500 1050']],
    ['W06', 'PE', '2013-04', 10_000, ['hst 14 % 10000 1400']],
    ['W07', 'PE', '2016-10', 10_000, ['hst 15 % 10000 1500']],
    ['W08', 'NS', '2025-03', 4500, ['hst 15 % 4500 675']],
    ['W09', 'NS', '2025-04', 4500, ['hst 14 % 4500 630']],
    ['W10', 'BC', '2013-03', 5000, ['hst 12 % 5000 600']],
    ['W11', 'BC', '2013-04', 5000, ['gst 5 % 5000 250', 'pst 7 % 5000 350']],
    ['W12', 'ON', '2026-01', 2999, ['hst 13 % 2999 390']],
    ['W13', 'SK', '2026-01', 2999, ['gst 5 % 2999 150', 'pst 6 % 2999 180']],
    ['W14', 'MB', '2019-06', 2999, ['gst 5 % 2999 150', 'rst 8 % 2999 240']],
    ['W15', 'MB', '2019-07', 2999, ['gst 5 % 2999 150', 'rst 7 % 2999 210']],
    ['W16', 'AB', '2026-01', 2999, ['gst 5 % 2999 150']],
    ['W17', 'AB', '2006-06', 2999, ['gst 7 % 2999 210']],
    ['W18', 'NB', '2016-06', 2999, ['hst 13 % 2999 390']],
  ])('%s %s in %s, %i cents: %j', (_, province, last, cents, expected) => {
    const input = { currency: 'CAD', jurisdictions: ['CA', `CA-${province}`] };
    expect(taxesOf(canada, { ...input, charges: [charge(cents, month(last))] })).toEqual(expected);
  });

  it.each([
    ['W19 compound in 2012', '2012-12'],
    ['W20 side by side since 2013', '2013-01'],
  ])('%s: 114.98 with all taxes inside is 100.00', (_, last) => {
    const input = taxInput({ currency: 'CAD', jurisdictions: ['CA', 'CA-QC'] });
    const gross = { ...input, charges: [charge(11_498, month(last))] };
    expect(inside(canada, gross)).toEqual({ net: 10_000, taxes: [500, 998], gross: 11_498 });
  });
});

/** Net, taxes and what they add up to, of a price with all taxes inside. */
function inside(rules: readonly TaxRule[], input: ReturnType<typeof taxInput>) {
  const { charges: net } = netOfGross(rules, input);
  const sum = (of: readonly { amountMinor: number }[]) =>
    of.reduce((total, each) => total + each.amountMinor, 0);
  const { taxes } = assessTaxes(rules, { ...input, charges: net });
  const kept = keepingGross(taxes, input.charges, net).map(({ amountMinor }) => amountMinor);
  return { net: sum(net), taxes: kept, gross: sum(net) + kept.reduce((total, each) => total + each, 0) };
}

describe('India', () => {
  const at = (jurisdiction: string, change: Partial<TaxRule> = {}) => ({ jurisdiction, ...change });
  /** The seller's own state has rows that stand instead of the integrated tax (IGST Act s. 7 and 8). */
  const gst = (change: Partial<TaxRule> = {}) => [
    percent('igst', '18', at('IN', change)),
    percent('cgst', '9', at('IN-MH', { replaces: ['igst'], ...change })),
    percent('sgst', '9', at('IN-MH', { replaces: ['igst'], ...change })),
  ];
  const rupees = { roundStep: '1' };

  it.each<[string, TaxRule[], string[], number[]]>([
    ['W21 the own state', gst(), ['IN', 'IN-MH'], [8991, 8991]],
    ['W22 another state', gst(), ['IN', 'IN-KA'], [17_982]],
    ['W23 the own state, whole rupees (CGST Act s. 170)', gst(rupees), ['IN', 'IN-MH'], [9000, 9000]],
    ['W24 another state, whole rupees', gst(rupees), ['IN', 'IN-KA'], [18_000]],
  ])('%s: 999.00', (_, rules, jurisdictions, expected) => {
    expect(amountsOf(rules, { currency: 'INR', jurisdictions, charges: charges(99_900) })).toEqual(expected);
  });

  it('W25 until 2015: service tax 12 %, cesses of 2 % and 1 % of the tax: 12.36 %', () => {
    const cess = (taxId: string, rate: string) =>
      percent(taxId, rate, {
        onTopOf: ['service'],
        amount: { kind: 'percentage', percent: rate, taxesOnly: true },
      });
    const rules = [percent('service', '12'), cess('education', '2'), cess('higher', '1')];
    expect(taxesOf(rules, { charges: charges(50_000) })).toEqual([
      'service 12 % 50000 6000',
      'education 2 % 6000 120',
      'higher 1 % 6000 60',
    ]);
  });
});

describe('Brazil: taxes inside their own base', () => {
  const within = (taxId: string, rate: string, insidePercent?: string) =>
    percent(taxId, rate, {
      amount: {
        kind: 'percentage',
        percent: rate,
        grossUp: true,
        ...(insidePercent ? { insidePercent } : {}),
      },
    });
  const both = [within('icms', '18', '21.65'), within('pisCofins', '3.65', '21.65')];

  it.each<[string, TaxRule[], number, number[]]>([
    ['W26 25 % of the price: 75.00 + 25.00', [within('icms', '25')], 7500, [2500]],
    ['W27 18 % and 3.65 % of one price: 78.35 + 18.00 + 3.65', both, 7835, [1800, 365]],
    [
      'W28 each by itself would be too little',
      [within('icms', '18'), within('pis', '3.65')],
      7835,
      [1720, 297],
    ],
  ])('%s', (_, rules, net, expected) => {
    expect(amountsOf(rules, { currency: 'BRL', charges: charges(net) })).toEqual(expected);
  });

  it('W29 and out of the price again: 100.00 has 18.00 and 3.65 in it', () => {
    const gross = taxInput({ currency: 'BRL', charges: charges(10_000) });
    expect(inside(both, gross)).toEqual({ net: 7835, taxes: [1800, 365], gross: 10_000 });
  });
});

describe('rounding and currencies', () => {
  const japan = (roundAt: 'line' | 'bill') => [
    percent('ct', '10', { rounding: 'down', roundAt }),
    percent('reduced', '8', { rounding: 'down', roundAt, taxCodes: ['paper'] }),
  ];
  const yen = [...charges(105, 105, 105), charge(567, { taxCode: 'paper' })];

  it.each([
    ['W30 Japan, once for each rate of an invoice: 31.5 and 45.36', 'bill' as const, [31, 45]],
    ['W31 by line, which the qualified invoice does not allow', 'line' as const, [30, 45]],
  ])('%s', (_, roundAt, expected) => {
    expect(amountsOf(japan(roundAt), { currency: 'JPY', charges: yen })).toEqual(expected);
  });

  it.each([
    ['W32 Kuwait, 5 % of 12.345', 'KWD', '5', 12_345, 617],
    ['W33 Bahrain, 10 % of 9.995', 'BHD', '10', 9995, 1000],
    ['W34 Korea, 10 % of 33,005', 'KRW', '10', 33_005, 3301],
    ['W35 Poland, 23 % of 45.50', 'PLN', '23', 4550, 1047],
    ['W36 a large one', 'EUR', '25.5', 900_719_925_474, 229_683_580_996],
  ])('%s', (_, currency, rate, minor, expected) => {
    expect(amountsOf([percent('vat', rate)], { currency, charges: charges(minor) })).toEqual([expected]);
  });

  it.each([
    ['W37 Australia, 10 % in 110.00', 11_000, 10_000, 1000],
    ['W38 Australia, 10 % in 9.99', 999, 908, 91],
    ['W39 Australia, 10 % in 0.05', 5, 5, 0],
  ])('%s', (_, gross, net, tax) => {
    const found = inside([percent('gst', '10')], taxInput({ currency: 'AUD', charges: charges(gross) }));
    expect(found).toEqual({ net, taxes: [tax], gross });
  });
});

describe('coupons and several taxes (family of T020 and T022, Lago)', () => {
  it.each<[string, [string, number][], string[]]>([
    [
      'W40 10.00 at 10 %, 20.00 at 10 % and 12 %',
      [
        ['one', 1000],
        ['two', 2000],
      ],
      ['ten 10 % 3000 300', 'twelve 12 % 2000 240'],
    ],
    [
      'W41 a coupon of 10.00 off both: 6.67 and 13.33',
      [
        ['one', 667],
        ['two', 1333],
      ],
      ['ten 10 % 2000 200', 'twelve 12 % 1333 160'],
    ],
    ['W42 a coupon of all of it', [['one', 0]], []],
  ])('%s', (_, parts, expected) => {
    const rules = [
      percent('ten', '10', { taxCodes: ['one', 'two'] }),
      percent('twelve', '12', { taxCodes: ['two'] }),
    ];
    const discounted = parts.map(([taxCode, cents]) => charge(cents, { taxCode, chargeId: taxCode }));
    expect(taxesOf(rules, { charges: discounted })).toEqual(expected);
  });

  it('W43 12 % and 5 % on one line of 10.00', () => {
    expect(amountsOf([percent('a', '12'), percent('b', '5')], { charges: charges(1000) })).toEqual([120, 50]);
  });
});
