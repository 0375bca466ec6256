import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { charge, rule, taxInput } from '../sample-rules';
import { assessTaxes } from './assess-taxes';
import { capKey } from './monthly-caps';
import type { CappedBefore, TaxableCharge } from './tax-input';

const surcharge = (capAt: 'lineMonth' | 'accountMonth') =>
  rule({ taxId: 'surcharge', amount: { kind: 'percentage', percent: '5', capMinor: 100, capAt } });
const byLine = surcharge('lineMonth');

const of = (lineId: string, month: string, amountMinor: number, more: Partial<TaxableCharge> = {}) =>
  charge(amountMinor, { chargeId: `${lineId}-${month}-${amountMinor}`, lineId, month, ...more });

/** 5 %, at most 1.00: the amount of each charge. */
const taxed = (
  capAt: 'lineMonth' | 'accountMonth',
  charges: TaxableCharge[],
  before: [line: string, month: string, baseMinor: number, amountMinor: number][] = [],
): number[] => {
  const own = surcharge(capAt);
  const cappedBefore = new Map<string, CappedBefore>(
    before.map(([lineId, month, baseMinor, amountMinor]) => [
      capKey(own, capAt, { lineId, month }),
      { baseMinor, amountMinor },
    ]),
  );
  const { taxes } = assessTaxes([own], taxInput({ charges, cappedBefore }));
  const parts = taxes[0]?.parts ?? [];
  expect(parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(taxes[0]?.amountMinor);
  return charges.map(({ chargeId }) => parts.find((part) => part.chargeId === chargeId)?.amountMinor ?? 0);
};

describe('a cap per line and month', () => {
  it.each<[string, Parameters<typeof taxed>, number[]]>([
    ['below it', ['lineMonth', [of('a', '2026-02', 1000)]], [50]],
    ['above it', ['lineMonth', [of('a', '2026-02', 3000)]], [100]],
    ['two charges of a line', ['lineMonth', [of('a', '2026-02', 3000), of('a', '2026-02', 1000)]], [75, 25]],
    ['two lines', ['lineMonth', [of('a', '2026-02', 3000), of('b', '2026-02', 3001)]], [100, 100]],
    ['two months', ['lineMonth', [of('a', '2026-02', 3000), of('a', '2026-03', 3000)]], [100, 100]],
    ['a quarter: three times', ['lineMonth', [of('a', '2026-01', 9000, { months: 3 })]], [300]],
    [
      'two lines of an account',
      ['accountMonth', [of('a', '2026-02', 3000), of('b', '2026-02', 1000)]],
      [75, 25],
    ],
    [
      'an earlier bill has asked for 0.80 of the month',
      ['lineMonth', [of('a', '2026-02', 1000)], [['a', '2026-02', 1600, 80]]],
      [20],
    ],
    [
      'an earlier bill has asked for all of it',
      ['lineMonth', [of('a', '2026-02', 1000)], [['a', '2026-02', 3000, 100]]],
      [0],
    ],
    [
      'half of 60.00 goes back: the rest still owes the cap',
      ['lineMonth', [of('a', '2026-02', -3000)], [['a', '2026-02', 6000, 100]]],
      [0],
    ],
    [
      'all of it goes back',
      ['lineMonth', [of('a', '2026-02', -6000)], [['a', '2026-02', 6000, 100]]],
      [-100],
    ],
    [
      'three quarters of 60.00 go back: 15.00 owe 0.75',
      ['lineMonth', [of('a', '2026-02', -4500)], [['a', '2026-02', 6000, 100]]],
      [-25],
    ],
  ])('%s', (_, given, expected) => {
    expect(taxed(...given)).toEqual(expected);
  });

  it('says so in the rate', () => {
    const { taxes } = assessTaxes([byLine], taxInput({ charges: [of('a', '2026-02', 100)] }));
    expect(taxes[0]?.rate).toBe('5 %, capped for each line and month');
  });

  it('law: over any bills a month asks for the lower of cap and rate, and never less than nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }), (hundreds) => {
        let [base, amount] = [0, 0];
        for (const [at, each] of [...hundreds, -(hundreds[0] ?? 0)].entries()) {
          const amountMinor = each * 100;
          const [now = 0] = taxed(
            'lineMonth',
            [of('a', '2026-02', amountMinor, { chargeId: `${at}` })],
            [['a', '2026-02', base, amount]],
          );
          [base, amount] = [base + amountMinor, amount + now];
          expect(amount).toBe(Math.min(100, base / 20));
        }
      }),
    );
  });
});
