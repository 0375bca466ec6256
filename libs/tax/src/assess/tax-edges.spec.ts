import { charge, percent, taxInput } from '../sample-rules';
import { readTaxTable } from '../table/read-tax-table';
import { taxTableText } from '../table/tax-table-text';
import type { TaxRule } from '../table/tax-rule';
import { assessTaxes } from './assess-taxes';
import type { TaxInput } from './tax-input';

const march = { from: '2026-03-01', to: '2026-04-01' };

/** `tax base amount`, then what is not taxed and by which certificate. */
function shown(rules: TaxRule[], input: Partial<TaxInput>): string[] {
  const { taxes, untaxed } = assessTaxes(rules, taxInput(input));
  return [
    ...taxes.map(({ taxId, baseMinor, amountMinor }) => `${taxId} ${baseMinor} ${amountMinor}`),
    ...untaxed.map(({ certificateNumber, baseMinor }) => `free by ${certificateNumber} ${baseMinor}`),
  ];
}

describe('a certificate that ends inside the period', () => {
  const certificate = (validFromOn: string, validToOn: string | null) => ({
    ...{ certificateId: 'c', number: 'X-1', reason: 'school', jurisdiction: 'DE', validFromOn, validToOn },
  });
  const apportioned = percent('vat', '10', { rateChange: 'apportioned' });
  const atTheEnd = percent('vat', '10');

  it.each<[string, TaxRule, string, string | null, string[]]>([
    [
      'by days: 10 of 31 are free',
      apportioned,
      '2026-01-01',
      '2026-03-11',
      ['vat 2100 210', 'free by X-1 1000'],
    ],
    ['by days: it begins on the 22nd', apportioned, '2026-03-22', null, ['vat 2100 210', 'free by X-1 1000']],
    [
      'by days: inside the period',
      apportioned,
      '2026-03-11',
      '2026-03-21',
      ['vat 2100 210', 'free by X-1 1000'],
    ],
    ['by the end of the period: it has ended', atTheEnd, '2026-01-01', '2026-03-11', ['vat 3100 310']],
    ['by the end of the period: it holds', atTheEnd, '2026-03-22', null, ['free by X-1 3100']],
    ['it ended before', apportioned, '2026-01-01', '2026-03-01', ['vat 3100 310']],
    ['it holds all the time', apportioned, '2026-01-01', '2026-04-01', ['free by X-1 3100']],
  ])('%s', (_, rule, from, to, expected) => {
    const input = { charges: [charge(3100, march)], certificates: [certificate(from, to)] };
    expect(shown([rule], input)).toEqual(expected);
  });

  it('beside a new rate: each stretch at its own, and all of them are the charge', () => {
    const rules = [
      percent('vat', '10', { rateChange: 'apportioned', validTo: '2026-03-16' }),
      percent('vat', '20', { rateChange: 'apportioned', validFrom: '2026-03-16' }),
    ];
    const input = { charges: [charge(3100, march)], certificates: [certificate('2026-01-01', '2026-03-11')] };
    expect(shown(rules, input)).toEqual(['vat 500 50', 'vat 1600 320', 'free by X-1 1000']);
  });
});

describe('a cap', () => {
  const capped = (capAt: 'line' | 'bill' | undefined, roundAt: 'line' | 'bill' = 'bill') =>
    percent('cap', '10', {
      roundAt,
      amount: { kind: 'percentage', percent: '10', capMinor: 300, ...(capAt ? { capAt } : {}) },
    });
  const charges = [
    charge(5000, { chargeId: '1' }),
    charge(2000, { chargeId: '2' }),
    charge(4000, { chargeId: '3' }),
  ];

  it.each([
    ['of the bill', undefined, 'bill' as const, 300],
    ['of each line', 'line' as const, 'bill' as const, 800],
    ['of each line, rounded there', 'line' as const, 'line' as const, 800],
  ])('%s', (_, capAt, roundAt, expected) => {
    const [tax] = assessTaxes([capped(capAt, roundAt)], taxInput({ charges })).taxes;
    expect(tax?.amountMinor).toBe(expected);
    expect(tax?.parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(expected);
  });

  it('is in the file and comes out of it as it was', () => {
    const rule = capped('line');
    expect(readTaxTable(taxTableText([rule]))).toEqual({ rules: [rule], errors: [] });
  });

  it('of a line without an amount is refused', () => {
    const text = taxTableText([capped('line')]).replace(',300,line,', ',,line,');
    expect(readTaxTable(text).errors).toMatchObject([
      { line: 2, reason: 'capAt needs a cap: give capMinor' },
    ]);
  });
});
