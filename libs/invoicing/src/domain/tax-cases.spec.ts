import { describe, expect, it } from '@jest/globals';
import type { AccountDiscount } from '@tollkeeper/contracts';
import type { TaxRule } from '@tollkeeper/tax';
import { type CreditNoteKind, isRefused } from '../corrections/domain/credit-note';
import {
  type CreditableInvoice,
  nothingSince,
  planFull,
  planPartial,
} from '../corrections/domain/plan-credit';
import { type BillingInput, buildInvoice } from './build-invoice';
import { netOf } from './line-parts';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
} from './sample-billing';
import type { TaxPlace } from './tax-place';
import { usualTaxSettings } from './tax-settings';

const fixedCoupon = (id: string, amountMinor: number): AccountDiscount => ({
  ...{ accountDiscountId: id, revision: 1, accountId: 'acc_1', subscriptionId: null, offeringIds: null },
  ...{ from: '2026-01-01T00:00:00.000Z', to: null, code: id },
  discount: { ...{ discountId: id, name: id, level: 'bill' }, value: { off: 'fixed', amountMinor } },
});

/** A bill of these charges, each `[cents, tax code]`. */
const billOf = (parts: [number, string][], taxRules: TaxRule[], more: Partial<BillingInput> = {}) => {
  const charges = parts.map(([cents, taxCode], at) => sampleCharge(`c${at}`, cents, { taxCode }));
  return buildInvoice(sampleInput({ offerings: [sampleOffering('plan', charges)], taxRules, ...more }));
};

const taxOf = (taxId: string, percent: string, taxCodes: string[], more: Partial<TaxRule> = {}): TaxRule =>
  sampleTax('telecom', percent, { taxId, taxCodes, ...more });

describe('coupons before tax (family of T020, Lago)', () => {
  const tenAndTwelve = [taxOf('ten', '10', ['one', 'two']), taxOf('twelve', '12', ['two'])];
  const ten = [taxOf('ten', '10', ['one', 'two'])];

  it.each<[string, [number, string][], TaxRule[], number[], number[], number]>([
    [
      'B01 none',
      [
        [1000, 'one'],
        [2000, 'two'],
      ],
      tenAndTwelve,
      [],
      [300, 240],
      3540,
    ],
    [
      'B02 10.00 off both: 6.67 and 13.33 are taxed',
      [
        [1000, 'one'],
        [2000, 'two'],
      ],
      tenAndTwelve,
      [1000],
      [200, 160],
      2360,
    ],
    ['B03 10.00 off 100.00', [[10_000, 'one']], ten, [1000], [900], 9900],
    ['B04 more than there is', [[10_000, 'one']], ten, [1000, 11_000], [], 0],
    [
      'B05 two of 100.00 over 100.00 and 50.00',
      [
        [10_000, 'one'],
        [5000, 'two'],
      ],
      ten,
      [10_000, 10_000],
      [],
      0,
    ],
  ])('%s', (_, parts, rules, coupons, taxes, total) => {
    const accountDiscounts = coupons.map((cents, at) => fixedCoupon(`coupon${at}`, cents));
    const bill = billOf(parts, rules, { accountDiscounts });
    expect(bill?.taxes.map(({ amountMinor }) => amountMinor)).toEqual(taxes);
    expect(bill?.totalMinor).toBe(total);
  });
});

describe('credit notes at the rate of the invoice (Lago)', () => {
  const invoiceOf = (cents: number, percent: string): CreditableInvoice => {
    const bill = billOf([[cents, 'telecom']], [sampleTax('telecom', percent)]);
    if (!bill) throw new Error('no bill');
    const { lines, taxes, totalMinor } = bill;
    return { lines, taxes, totalMinor, adjustedMinor: 0, credited: [], since: nothingSince };
  };
  const steps = (invoice: CreditableInvoice, amounts: number[]): [CreditNoteKind, number, number][] => {
    let credited = 0;
    let given = 0;
    return amounts.map((amountMinor) => {
      const now = { ...invoice, adjustedMinor: -given, credited: [{ lineNo: 1, netMinor: credited }] };
      const plan = amountMinor === 0 ? planFull(now) : planPartial(now, [{ lineNo: 1, amountMinor }]);
      if (isRefused(plan)) throw new Error(plan.reason);
      credited += plan.netMinor;
      given += plan.totalMinor;
      return [plan.kind, plan.netMinor, plan.taxMinor];
    });
  };

  it.each<[string, number, string, number[], [number, number][]]>([
    ['B10 193.33 of 200.00 at 25 %', 20_000, '25', [19_333], [[19_333, 4833]]],
    ['B11 154.67 of 160.00 at 25 %', 16_000, '25', [15_467], [[15_467, 3867]]],
    ['B12 25.71 of 29.99 at 23.33 %', 2999, '23.33', [2571], [[2571, 600]]],
    [
      'B13 726.86, then the other 42.14 of 769.00 at 20 %',
      76_900,
      '20',
      [72_686, 4214],
      [
        [72_686, 14_537],
        [4214, 843],
      ],
    ],
    [
      'B14 thirds of 10.00 at 19 %, then the rest',
      1000,
      '19',
      [333, 333, 0],
      [
        [333, 63],
        [333, 64],
        [334, 63],
      ],
    ],
    ['B15 all of it at once', 1999, '25.5', [0], [[1999, 510]]],
  ])('%s', (_, cents, percent, amounts, expected) => {
    const found = steps(invoiceOf(cents, percent), amounts);
    expect(found.map(([, net, tax]) => [net, tax])).toEqual(expected);
  });
});

describe('prices with tax inside', () => {
  const settings = { ...usualTaxSettings, pricesIncludeTax: true };

  it('B20 compound taxes in 114.98: 100.00, 5.00 and 9.98', () => {
    const rules = [taxOf('gst', '5', ['telecom']), taxOf('qst', '9.5', ['telecom'], { onTopOf: ['gst'] })];
    const bill = billOf([[11_498, 'telecom']], rules, { taxSettings: settings });
    expect(bill).toMatchObject({ netMinor: 10_000, taxMinor: 1498, totalMinor: 11_498 });
    expect(bill?.taxes.map(({ amountMinor }) => amountMinor)).toEqual([500, 998]);
  });

  it('B21 three charges of a cent are three cents', () => {
    const three = Array.from({ length: 3 }, (): [number, string] => [1, 'telecom']);
    const bill = billOf(three, [sampleTax('telecom', '25.5')], { taxSettings: settings });
    expect(bill).toMatchObject({ netMinor: 2, taxMinor: 1, totalMinor: 3 });
    expect(bill?.lines.map((line) => netOf(line))).toEqual([1, 1, 0]);
  });

  it('B22 18 % and 3.65 % of the price itself in 100.00', () => {
    const within = (taxId: string, percent: string) =>
      taxOf(taxId, percent, ['telecom'], {
        amount: { kind: 'percentage', percent, grossUp: true, insidePercent: '21.65' },
      });
    const bill = billOf([[10_000, 'telecom']], [within('icms', '18'), within('pisCofins', '3.65')], {
      taxSettings: settings,
    });
    expect(bill?.taxes.map(({ amountMinor }) => amountMinor)).toEqual([1800, 365]);
    expect(bill).toMatchObject({ netMinor: 7835, totalMinor: 10_000 });
  });
});

describe('fees', () => {
  const family = sampleAccount(...['1', '2', '3'].map((id) => sampleSubscription(id, 'plan')));
  const perLine = sampleTax('telecom', '0', {
    ...{ taxId: 'e911', levy: 'governmentFee', trigger: 'lineMonth' },
    amount: {
      ...{ kind: 'perLine', amount: '0.35' },
      lineTiers: [
        { upToLines: 2, percent: '100' },
        { upToLines: null, percent: '0' },
      ],
    },
  });

  it('B30 three lines, two pay; the next bill of the month asks for nothing more', () => {
    const given = { account: family };
    const rules = [sampleTax('telecom', '20'), perLine];
    const bill = billOf([[1000, 'telecom']], rules, given);
    expect(bill?.taxes.map(({ taxId, amountMinor }) => [taxId, amountMinor])).toEqual([
      ['de-telecom', 600],
      ['e911', 70],
    ]);
    expect(bill?.feeKeys).toEqual(['DE/e911/1/2026-01', 'DE/e911/2/2026-01']);
    const again = billOf([[1000, 'telecom']], rules, { ...given, feesBefore: new Set(bill?.feeKeys) });
    expect(again?.feeKeys).toBeUndefined();
    expect(again?.taxMinor).toBe(600);
  });

  it('B31 1.00 for each bill, however many lines it has', () => {
    const fixed = taxOf('stamp', '0', ['telecom'], {
      rateDate: 'billDate',
      amount: { kind: 'fixed', amount: '1.00', per: 'bill' },
    });
    const bill = billOf([[1000, 'telecom']], [fixed], { account: family });
    expect(bill).toMatchObject({ netMinor: 3000, taxMinor: 100, totalMinor: 3100 });
  });

  it('B32 state, city and district as one rate of 8.875 %: 0.54, not 0.53', () => {
    const together = { roundTogether: 'sales' };
    const rules = Object.entries({ city: '4.5', district: '0.375', state: '4' }).map(([taxId, percent]) =>
      taxOf(taxId, percent, ['telecom'], together),
    );
    expect(billOf([[605, 'telecom']], rules)).toMatchObject({ netMinor: 605, taxMinor: 54 });
  });
});

it('B40 a business in Switzerland: no tax, no reverse charge on the bill, and why', () => {
  const taxPlace: TaxPlace = {
    ...{ jurisdictions: ['CH'], customer: 'business', country: 'CH', treatment: 'outsideScope' },
    ...{ rule: 'Directive 2006/112/EC Art. 44: the business is established outside the Union' },
    ...{ evidence: [], confidence: null, jurisdictionCode: null, vatNumber: 'CHE123456789' },
  };
  const bill = buildInvoice(sampleInput({ taxPlace }));
  expect(bill).toMatchObject({ taxMinor: 0, supply: { note: null } });
  expect(bill?.untaxed).toMatchObject([{ reason: 'outsideScope', law: taxPlace.rule, baseMinor: 1000 }]);
});
