import type { LateFee } from '@tollkeeper/contracts';
import fc from 'fast-check';
import {
  contractInterestMinor,
  type DebtorKind,
  statutoryFor,
  statutoryInterestMinor,
} from './default-interest';
import { type FeeCase, lateFeesOf } from './late-fees';

const interest = (country: string, kind: DebtorKind, amountMinor: number, from: string, to: string) => {
  const statutory = statutoryFor(country, kind);
  return statutory ? statutoryInterestMinor(statutory, { amountMinor, from, to }) : null;
};

describe('default interest by law, days of 365', () => {
  it.each<[string, DebtorKind, number, string, string, number | null]>([
    // 1,000.00 x (1.27 + 5) % x 365 / 365
    ['DE', 'person', 100_000, '2025-07-01', '2026-07-01', 6_270],
    // 1,000.00 x (1.27 + 9) % x 30 / 365 = 8.441
    ['DE', 'organisation', 100_000, '2025-09-01', '2025-10-01', 844],
    // 181 days at 2.27 + 9, 184 at 1.27 + 9: 55.887 + 51.772
    ['DE', 'organisation', 100_000, '2025-01-01', '2026-01-01', 10_766],
    // 2.15 + 8
    ['IT', 'organisation', 100_000, '2025-07-01', '2026-07-01', 10_150],
    // the rate of -0.88 makes 4.12
    ['DE', 'person', 100_000, '2022-01-01', '2023-01-01', 4_120],
    // 3.75 + 8
    ['GB', 'organisation', 100_000, '2026-01-01', '2027-01-01', 11_750],
    ['FR', 'person', 100_000, '2025-07-01', '2026-07-01', null],
    ['US', 'organisation', 100_000, '2025-07-01', '2026-07-01', null],
  ])('%s %s: %i from %s to %s is %s', (country, kind, minor, from, to, expected) =>
    expect(interest(country, kind, minor, from, to)).toBe(expected),
  );

  it('a contract’s rate: 18 % of 100.00 for 73 days is 3.60', () =>
    expect(contractInterestMinor('18', { amountMinor: 10_000, from: '2026-01-01', to: '2026-03-15' })).toBe(
      360,
    ));

  it('law: charged in two parts it differs by at most one minor unit', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 28 }),
        (amountMinor, split) => {
          const [from, to] = ['2025-06-15', '2025-07-15'];
          const day = split < 16 ? `2025-06-${15 + split}` : `2025-07-${String(split - 15).padStart(2, '0')}`;
          const [left, right] = [
            interest('DE', 'person', amountMinor, from, day),
            interest('DE', 'person', amountMinor, day, to),
          ];
          const whole = interest('DE', 'person', amountMinor, from, to) ?? 0;
          expect(Math.abs((left ?? 0) + (right ?? 0) - whole)).toBeLessThanOrEqual(1);
        },
      ),
    ));
});

describe('what a level charges', () => {
  const debt: FeeCase = {
    keyBase: 'col_1',
    levelId: 'd30',
    country: 'DE',
    kind: 'organisation',
    currency: 'EUR',
    on: '2025-10-01',
    invoices: [
      { invoiceId: 'a', dueOn: '2025-08-31', totalMinor: 100_000, owedMinor: 100_000 },
      { invoiceId: 'b', dueOn: '2025-09-30', totalMinor: 20_000, owedMinor: 0 },
    ],
    before: [],
  };
  const charged = (fee: LateFee, more: Partial<FeeCase> = {}) =>
    lateFeesOf(fee, { ...debt, ...more }).map(
      ({ what, invoiceId, minor }) => `${what} ${invoiceId} ${minor}`,
    );

  it.each<[string, LateFee, Partial<FeeCase>, string[]]>([
    ['a fixed fee, once', { kind: 'fixed', minor: 500 }, {}, ['fee a 500']],
    ['2.5 % of what is owed', { kind: 'percent', percent: '2.5' }, {}, ['fee a 2500']],
    [
      'B2B: 30 days at 10.27 %, and 40.00 EUR',
      { kind: 'interest', rate: 'statutory', lumpSum: 'statutory' },
      {},
      ['interest a 844', 'lumpSum a 4000'],
    ],
    [
      'a consumer: 5 points and no lump sum',
      { kind: 'interest', rate: 'statutory', lumpSum: 'statutory' },
      { kind: 'person' },
      ['interest a 515'],
    ],
    ['US: nothing by statute', { kind: 'interest', rate: 'statutory' }, { country: 'US' }, []],
    [
      'US: by contract',
      { kind: 'interest', rate: '12', lumpSum: 2_500 },
      { country: 'US' },
      ['interest a 986', 'lumpSum a 2500'],
    ],
  ])('%s', (_, fee, more, expected) => expect(charged(fee, more)).toEqual(expected));

  it('the next level goes on where the last one ended; no second lump sum, no interest on interest', () => {
    const fee: LateFee = { kind: 'interest', rate: 'statutory', lumpSum: 'statutory' };
    const before = lateFeesOf(fee, debt).map((each) => ({ ...each, posted: true }));
    const [a] = debt.invoices;
    const grown = a ? [{ ...a, owedMinor: a.owedMinor + 844 + 4_000 }] : [];
    expect(charged(fee, { before, on: '2025-10-31', invoices: grown })).toEqual(['interest a 844']);
  });

  it('5 % of 1,000.00 is 50.00 again where a fee of 50.00 is owed beside it: no fee on a fee', () => {
    const fee: LateFee = { kind: 'percent', percent: '5' };
    const before = lateFeesOf(fee, debt).map((each) => ({ ...each, posted: true }));
    const [a] = debt.invoices;
    const grown = a ? [{ ...a, owedMinor: a.owedMinor + 5_000 }] : [];
    expect(charged(fee, { before, on: '2025-10-31', invoices: grown })).toEqual(['fee a 5000']);
  });
});
