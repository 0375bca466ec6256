import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildPosting, type PostingLine } from '@tollkeeper/contracts';
import type { BillLine, BillTax } from '../../domain/bill';
import { invoicePosting } from '../../domain/invoice-posting';
import { netOf } from '../../domain/line-parts';
import { type CreditPlan, isRefused } from './credit-note';
import { creditAmounts, sinceOf } from './credit-posting';
import { type AskedLine, type CreditableInvoice, nothingSince, planFull, planPartial } from './plan-credit';

const line = (lineNo: number, amountMinor: number, more: Partial<BillLine> = {}): BillLine => ({
  lineNo,
  kind: 'recurring',
  subscriptionId: 'sub_1',
  number: '491511',
  description: `line ${lineNo}`,
  from: '2026-01-01',
  to: '2026-02-01',
  quantity: 1,
  unit: 'charge',
  includedQuantity: 0,
  records: 0,
  amountMicro: null,
  amountMinor,
  taxCode: 'telecom',
  revenueCategory: 'recurring',
  deferred: false,
  offeringId: 'plan',
  offeringVersion: 1,
  chargeKey: null,
  proration: null,
  periodIds: [],
  ...more,
});

const vat = (baseMinor: number, amountMinor: number, more: Partial<BillTax> = {}): BillTax => ({
  taxId: 'vat',
  name: 'VAT',
  jurisdiction: 'DE',
  percent: '19',
  rounding: 'halfUp',
  law: 'UStG 12',
  baseMinor,
  amountMinor,
  ...more,
});

function billOf(lines: BillLine[], taxes: BillTax[]): CreditableInvoice {
  const netMinor = lines.reduce((sum, each) => sum + netOf(each), 0);
  const totalMinor = netMinor + taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return { lines, taxes, totalMinor, adjustedMinor: 0, credited: [], since: nothingSince };
}

/** The invoice as it stands after a credit note. */
function after(bill: CreditableInvoice, plan: CreditPlan): CreditableInvoice {
  const sums = new Map(bill.credited.map(({ lineNo, netMinor }) => [lineNo, netMinor]));
  for (const { lineNo, netMinor } of plan.lines) sums.set(lineNo, (sums.get(lineNo) ?? 0) + netMinor);
  const credited = [...sums].map(([lineNo, netMinor]) => ({ lineNo, netMinor }));
  return { ...bill, credited, adjustedMinor: bill.adjustedMinor - plan.totalMinor };
}

function accepted(outcome: ReturnType<typeof planFull>): CreditPlan {
  if (isRefused(outcome)) throw new Error(outcome.reason);
  return outcome;
}

const said = (plan: CreditPlan) => [plan.netMinor, plan.taxMinor, plan.totalMinor];
const posted = (plan: CreditPlan) => buildPosting('creditNote', creditAmounts(plan), { currency: 'EUR' });

// 10.00 and 20.00 at 19 %: 5.70; calls of 7.77 at 7 %: 0.54.
const bill = billOf(
  [
    line(1, 1000),
    line(2, 2000, { quantity: 4 }),
    line(3, 777, { taxCode: 'calls', revenueCategory: 'voice' }),
  ],
  [vat(3000, 570), vat(777, 54, { taxId: 'low', percent: '7' })],
);

describe('a partial credit note', () => {
  it.each<[string, AskedLine[], number[]]>([
    ['5.00 of line 1: 19 % of it', [{ lineNo: 1, amountMinor: 500 }], [500, 95, 595]],
    ['all of line 1', [{ lineNo: 1 }], [1000, 190, 1190]],
    ['1 of 4 of line 2', [{ lineNo: 2, quantity: 1 }], [500, 95, 595]],
    ['two lines at two rates', [{ lineNo: 1 }, { lineNo: 3 }], [1777, 244, 2021]],
    ['3.35 of line 1: 19 % of it is 0.6365', [{ lineNo: 1, amountMinor: 335 }], [335, 64, 399]],
    ['3.33 of line 1: 19 % of it is 0.6327', [{ lineNo: 1, amountMinor: 333 }], [333, 63, 396]],
    ['1.11 of line 3: 7 % of it is 0.0777', [{ lineNo: 3, amountMinor: 111 }], [111, 8, 119]],
    ['a cent: no cent of tax lies in it', [{ lineNo: 1, amountMinor: 1 }], [1, 0, 1]],
  ])('%s', (_, asked, expected) => {
    expect(said(accepted(planPartial(bill, asked)))).toEqual(expected);
  });

  it('what later bills gave back of a line is not credited once more', () => {
    const returned = [{ lineNo: 2, netMinor: 1500 }];
    const rest = { ...bill, returned };
    expect(said(accepted(planPartial(rest, [{ lineNo: 2 }])))).toEqual([500, 95, 595]);
    expect(planPartial(rest, [{ lineNo: 2, amountMinor: 501 }])).toMatchObject({
      field: 'lines.0.amount',
      reason: 'line 2 has 500 left before tax',
    });
  });

  it('the second half gives back what the first left, also of the tax', () => {
    const first = accepted(planPartial(bill, [{ lineNo: 3, amountMinor: 389 }]));
    const second = accepted(planPartial(after(bill, first), [{ lineNo: 3 }]));
    expect([said(first), said(second)]).toEqual([
      [389, 27, 416],
      [388, 27, 415],
    ]);
  });

  it('a fee that the law keeps stays, and falls with the whole invoice', () => {
    const fee = vat(1, 75, {
      taxId: 'e911',
      jurisdiction: 'US-TX',
      parts: [{ chargeId: '1', baseMinor: 1, amountMinor: 75 }],
      onPartialCredit: 'keep',
    });
    const withFee = billOf([line(1, 1000)], [vat(1000, 190), fee]);
    const partial = accepted(planPartial(withFee, [{ lineNo: 1 }]));
    expect(said(partial)).toEqual([1000, 190, 1190]);
    expect(said(accepted(planFull(after(withFee, partial))))).toEqual([0, 75, 75]);
  });

  it.each<[string, AskedLine[], string, RegExp]>([
    ['more than the line', [{ lineNo: 1, amountMinor: 1001 }], 'lines.0.amount', /line 1 has 1000 left/],
    ['no such line', [{ lineNo: 9 }], 'lines.0.lineNo', /no line 9/],
    ['a line twice', [{ lineNo: 1 }, { lineNo: 1 }], 'lines.1.lineNo', /named twice/],
    ['five of four', [{ lineNo: 2, quantity: 5 }], 'lines.0.quantity', /has 4/],
    ['nothing', [], 'lines', /no line/],
  ])('refuses %s', (_, asked, field, reason) => {
    expect(planPartial(bill, asked)).toMatchObject({ field, reason: expect.stringMatching(reason) });
  });

  it('refuses more than a reduction of the invoice as a whole has left', () => {
    const reduced = { ...bill, adjustedMinor: -4000 };
    expect(planPartial(reduced, [{ lineNo: 1 }])).toMatchObject({
      reason: expect.stringMatching(/401 left/),
    });
  });

  it('a credit of what is credited is impossible', () => {
    const once = after(bill, accepted(planPartial(bill, [{ lineNo: 1 }])));
    expect(planPartial(once, [{ lineNo: 1 }])).toMatchObject({
      reason: expect.stringMatching(/has 0 left/),
    });
  });
});

describe('a full credit note', () => {
  it('gives back what a price reduction and a late fee have left of it', () => {
    const since = sinceOf([
      {
        rule: 'priceReduction',
        lines: buildPosting('priceReduction', { total: 119, net: 100, tax: { DE: 19 } }, { currency: 'EUR' }),
      },
      { rule: 'lateFee', lines: buildPosting('lateFee', { amount: 500 }, { currency: 'EUR' }) },
    ]);
    const plan = accepted(planFull({ ...bill, since, adjustedMinor: 381 }));
    expect(plan.totalMinor).toBe(bill.totalMinor - 119 + 500);
    expect(posted(plan)).toContainEqual({ account: 'priceReduction', amountMinor: -100, currency: 'EUR' });
    expect(posted(plan)).toContainEqual({ account: 'fees:late', amountMinor: 500, currency: 'EUR' });
  });
});

const amounts = fc.integer({ min: -5000, max: 200_000 });
const someLine = fc.record({
  amountMinor: amounts,
  deferred: fc.boolean(),
  taxCode: fc.constantFrom('telecom', 'calls', 'goods'),
  revenueCategory: fc.constantFrom('recurring' as const, 'voice' as const, 'data' as const),
  divided: fc.boolean(),
});

const someBill = fc.array(someLine, { minLength: 1, maxLength: 8 }).map((drawn) => {
  const lines = drawn.map(({ divided, ...each }, at) => {
    const whole = line(at + 1, each.amountMinor, each);
    const third = Math.trunc(each.amountMinor / 3);
    const part = { componentId: 'a', name: 'a' };
    const allocation = {
      revenue: [
        { ...part, revenueCategory: 'data' as const, amountMinor: third },
        { ...part, revenueCategory: 'voice' as const, amountMinor: each.amountMinor - third },
      ],
      tax: [],
    };
    return divided ? { ...whole, allocation } : whole;
  });
  const taxes = ['telecom', 'calls'].map((code, at) => {
    const taxed = lines.filter(({ taxCode }) => taxCode === code);
    const parts = taxed.map((each) => ({
      chargeId: String(each.lineNo),
      baseMinor: netOf(each),
      amountMinor: Math.trunc((netOf(each) * (at + 7)) / 100),
    }));
    const sum = (of: 'baseMinor' | 'amountMinor') => parts.reduce((all, part) => all + part[of], 0);
    return vat(sum('baseMinor'), sum('amountMinor'), {
      taxId: code,
      jurisdiction: at === 0 ? 'DE' : 'DE-BY',
      parts,
      ...(at === 0 ? {} : { onPartialCredit: 'keep' as const }),
    });
  });
  return billOf(lines, taxes);
});
const steps = fc.array(
  fc.record({ lineNo: fc.integer({ min: 1, max: 8 }), amountMinor: fc.integer({ min: 1, max: 90_000 }) }),
  { maxLength: 12 },
);

const balances = (lines: readonly PostingLine[]): number[] => {
  const sums = new Map<string, number>();
  for (const { account, amountMinor } of lines) sums.set(account, (sums.get(account) ?? 0) + amountMinor);
  return [...sums.values()].filter((minor) => minor !== 0);
};

describe('laws of credit notes', () => {
  it('any partial ones and a full one leave every account as if the invoice had never been', () => {
    fc.assert(
      fc.property(someBill, steps, (drawn, asked) => {
        let standing = drawn;
        const books = [...invoicePosting({ ...drawn, taxes: [...drawn.taxes], currency: 'EUR' })];
        for (const each of asked) {
          const plan = planPartial(standing, [each]);
          if (isRefused(plan)) continue;
          books.push(...posted(plan));
          standing = after(standing, plan);
        }
        const last = accepted(planFull(standing));
        books.push(...posted(last));
        expect(balances(books)).toEqual([]);
        expect(drawn.totalMinor + after(standing, last).adjustedMinor).toBe(0);
      }),
    );
  });

  it('what is credited of a line never exceeds it, and its tax is the tax that it bore', () => {
    fc.assert(
      fc.property(someBill, steps, (drawn, asked) => {
        let standing = drawn;
        const taxes = new Map<number, number>();
        const credit = (each: AskedLine) => {
          const plan = planPartial(standing, [each]);
          if (isRefused(plan)) return;
          for (const { lineNo, amountMinor } of plan.taxes.flatMap(({ parts }) => parts))
            taxes.set(lineNo, (taxes.get(lineNo) ?? 0) + amountMinor);
          standing = after(standing, plan);
        };
        asked.forEach(credit);
        drawn.lines.forEach(({ lineNo }) => credit({ lineNo }));
        for (const each of drawn.lines.filter((one) => netOf(one) > 0)) {
          const credited = standing.credited.find(({ lineNo }) => lineNo === each.lineNo)?.netMinor ?? 0;
          expect(credited).toBeLessThanOrEqual(netOf(each));
          if (credited < netOf(each)) continue;
          const bore = drawn.taxes[0]?.parts?.find(({ chargeId }) => chargeId === String(each.lineNo));
          expect(taxes.get(each.lineNo) ?? 0).toBe(bore?.amountMinor ?? 0);
        }
      }),
    );
  });
});
