import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BillLine, BillTax } from '../../domain/bill';
import { netOf } from '../../domain/line-parts';
import { cancels, type CreditNoteTax, type CreditPlan, isRefused } from './credit-note';
import { type ChargeBill, givenBackByLine, lineKey } from './given-back-lines';
import { leftOfCredited, overGiven } from './left-of-lines';
import { type CreditableInvoice, nothingSince, planFull, planPartial } from './plan-credit';

const charge = 'sub_1/plan/line';

const line = (lineNo: number, amountMinor: number, more: Partial<BillLine> = {}): BillLine => ({
  ...{ lineNo, kind: 'recurring', subscriptionId: 'sub_1', number: '491511', description: `line ${lineNo}` },
  ...{ from: '2026-02-01', to: '2026-03-01', quantity: 1, unit: 'charge', includedQuantity: 0, records: 0 },
  ...{ amountMicro: null, amountMinor, taxCode: 'telecom', revenueCategory: 'recurring', deferred: true },
  ...{ offeringId: 'plan', offeringVersion: 1, chargeKey: charge, proration: null, periodIds: [] },
  ...more,
});

const back = (lineNo: number, from: string, to: string, amountMinor: number): BillLine =>
  line(lineNo, -amountMinor, { from, to, chargeKey: `${charge}/givenBack` });

/** 19 % of each line, rounded on its own. */
const vatOf = (lines: readonly BillLine[]): BillTax => {
  const parts = lines.map((each) => ({
    chargeId: `${each.lineNo}`,
    baseMinor: netOf(each),
    amountMinor: Math.sign(netOf(each)) * Math.floor((Math.abs(netOf(each)) * 19 + 50) / 100),
  }));
  const sum = (of: 'baseMinor' | 'amountMinor') => parts.reduce((all, part) => all + part[of], 0);
  return {
    ...{ taxId: 'vat', name: 'VAT', jurisdiction: 'DE', percent: '19', rounding: 'halfUp', law: 'UStG 12' },
    ...{ baseMinor: sum('baseMinor'), amountMinor: sum('amountMinor'), parts },
  };
};

const bill = (id: number, lines: BillLine[], more: Partial<ChargeBill> = {}): ChargeBill => ({
  ...{ invoiceId: `inv_${id}`, number: `N-${id}`, accountId: 'acc_1', replaced: false },
  ...{ draftedAt: `2026-02-0${id}T00:00:00.000Z`, lines, taxes: [vatOf(lines)], credited: [] },
  ...more,
});

/** 28.00 for February on the first bill; the second gives back 14.00 for half of it. */
const february = bill(1, [line(1, 2800)]);
const half = bill(2, [back(1, '2026-02-15', '2026-03-01', 1400)]);

const found = (bills: ChargeBill[]) =>
  Object.fromEntries([...givenBackByLine(bills)].map(([key, { netMinor }]) => [key, netMinor]));

describe('what later bills gave back of a line', () => {
  const credited = (minor: number) => ({ credited: [{ lineNo: 1, netMinor: minor }] });
  const again = bill(2, [back(1, '2026-02-15', '2026-03-01', 1400), line(2, 1400, { from: '2026-02-15' })]);
  it.each<[string, ChargeBill[], Record<string, number>]>([
    ['nothing', [february], {}],
    ['half of it', [february, half], { 'inv_1/1': 1400 }],
    ['a give-back that a credit note took back is none', [february, { ...half, ...credited(-1400) }], {}],
    [
      'of a bill that was replaced: of the one in its place',
      [{ ...february, replaced: true }, half, bill(3, [line(1, 2600)], { replaces: 'inv_1' })],
      { 'inv_3/1': 1400 },
    ],
    [
      'the days were charged again: the newer line gives',
      [february, again, bill(3, [back(1, '2026-02-22', '2026-03-01', 700)])],
      { 'inv_1/1': 1400, 'inv_2/2': 700 },
    ],
    [
      'another charge',
      [
        february,
        bill(2, [{ ...back(1, '2026-02-15', '2026-03-01', 1400), chargeKey: 'sub_2/plan/line/givenBack' }]),
      ],
      {},
    ],
    [
      'usage that was rated again',
      [
        bill(1, [line(1, 500, { kind: 'usage', usageType: 'voice', chargeKey: null })]),
        bill(2, [
          line(1, -120, {
            ...{ kind: 'usage', usageType: 'voice', chargeKey: null },
            corrects: { from: '2026-02-01', to: '2026-03-01' },
          }),
        ]),
      ],
      { 'inv_1/1': 120 },
    ],
  ])('%s', (_, bills, expected) => {
    expect(found(bills)).toEqual(expected);
  });

  it('what is left of a credited line is told to the next bill, with the tax inside it', () => {
    const some = { credited: [{ lineNo: 1, netMinor: 1000 }] };
    const key = `${charge}/2026-02-01`;
    expect(leftOfCredited([{ ...february, ...some }, half]).get('acc_1')).toEqual({ [key]: 400 });
    const gross = bill(1, [line(1, 1190, { taxInsideMinor: 190 })], some);
    expect(leftOfCredited([gross]).get('acc_1')).toEqual({ [key]: 0 });
    const partly = { ...gross, credited: [{ lineNo: 1, netMinor: 500 }] };
    expect(leftOfCredited([partly]).get('acc_1')).toEqual({ [key]: 595 });
  });

  it('a draft that gives back what was credited meanwhile is found', () => {
    const credit = (netMinor: number) => [{ ...february, credited: [{ lineNo: 1, netMinor }] }];
    expect([...overGiven(credit(1401), [half])]).toEqual(['inv_2']);
    expect([...overGiven(credit(1400), [half])]).toEqual([]);
  });
});

const invoiceOf = (bills: readonly ChargeBill[], notes: readonly CreditPlan[]): CreditableInvoice => {
  const [first] = bills as [ChargeBill];
  const returned = [...givenBackByLine(bills)].flatMap(([key, { returns: _returns, ...given }]) =>
    key === lineKey(first.invoiceId, given.lineNo) ? [given] : [],
  );
  const [net, tax] = [
    first.lines.reduce((sum, each) => sum + netOf(each), 0),
    vatOf(first.lines).amountMinor,
  ];
  return {
    ...first,
    totalMinor: net + tax,
    adjustedMinor: -notes.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    creditedLevies: notes.flatMap(({ taxes }) => taxes),
    returned,
    since: nothingSince,
  };
};

const accepted = (plan: ReturnType<typeof planFull>): CreditPlan => {
  if (isRefused(plan)) throw new Error(plan.reason);
  return plan;
};

describe('a full credit note after a give-back', () => {
  it('28.00 for February, 14.00 of it given back: the other 14.00 and their tax, and says so', () => {
    const plan = accepted(planFull(invoiceOf([february, half], [])));
    expect([plan.netMinor, plan.taxMinor, plan.totalMinor]).toEqual([1400, 266, 1666]);
    expect(plan.givenBack).toEqual([{ lineNo: 1, netMinor: 1400, invoiceNumbers: ['N-2'] }]);
    expect(cancels(plan)).toBe(false);
  });

  it('without one it cancels', () => {
    const plan = accepted(planFull(invoiceOf([february], [])));
    expect([plan.totalMinor, cancels(plan)]).toEqual([3332, true]);
  });

  it('all of it given back: nothing is left to credit', () => {
    const all = bill(2, [back(1, '2026-02-01', '2026-03-01', 2800)]);
    expect(planFull(invoiceOf([february, all], []))).toMatchObject({
      field: 'kind',
      reason: expect.stringMatching(/nothing is left/),
    });
  });

  it('a fee for the month that the law keeps falls once, not with a second full one', () => {
    const fee: BillTax = {
      ...{ ...vatOf([]), taxId: 'e911', jurisdiction: 'US-TX', percent: null, rate: '0.50' },
      ...{ baseMinor: 0, amountMinor: 50, onPartialCredit: 'keep' as const },
      parts: [{ chargeId: 'line/sub_1/2026-02', baseMinor: 0, amountMinor: 50 }],
    };
    const withFee = { ...february, taxes: [...february.taxes, fee] };
    const first = accepted(planFull(invoiceOf([withFee, half], [])));
    expect(first.taxMinor).toBe(266 + 50);
    const takenBack = { ...half, credited: [{ lineNo: 1, netMinor: -1400 }] };
    const standing = { ...withFee, credited: [{ lineNo: 1, netMinor: 1400 }] };
    const second = accepted(planFull(invoiceOf([standing, takenBack], [first])));
    expect([second.netMinor, second.taxMinor, cancels(second)]).toEqual([1400, 266, true]);
  });
});

describe('laws of what is given back and credited', () => {
  const days = fc.integer({ min: 1, max: 27 });
  const steps = fc.array(
    fc.oneof(fc.record({ give: days }), fc.record({ credit: fc.integer({ min: 1, max: 5000 }) })),
    {
      maxLength: 6,
    },
  );
  const dayOf = (day: number) => `2026-02-${String(day).padStart(2, '0')}`;

  it('given back + credited <= billed at any time, and = billed after a full one, its tax too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30_000 }), steps, (amountMinor, drawn) => {
        let first = bill(1, [line(1, amountMinor)]);
        const later: ChargeBill[] = [];
        const notes: CreditPlan[] = [];
        let endsOn = 28;
        const take = (plan: CreditPlan) => {
          notes.push(plan);
          const before = first.credited[0]?.netMinor ?? 0;
          const netMinor = plan.lines.reduce((sum, each) => sum + each.netMinor, before);
          first = { ...first, credited: [{ lineNo: 1, netMinor }] };
        };
        const given = () => givenBackByLine([first, ...later]).get('inv_1/1')?.netMinor ?? 0;
        for (const step of drawn) {
          if ('credit' in step) {
            const plan = planPartial(invoiceOf([first, ...later], notes), [
              { lineNo: 1, amountMinor: step.credit },
            ]);
            if (!isRefused(plan)) take(plan);
          } else if (step.give < endsOn) {
            const share = (day: number) => Math.floor((amountMinor * (day - 1)) / 28);
            const left = leftOfCredited([first, ...later]).get('acc_1')?.[`${charge}/2026-02-01`];
            const backMinor = Math.min(share(endsOn) - share(step.give), left ?? amountMinor);
            const lines = [back(1, dayOf(step.give), dayOf(endsOn), backMinor)];
            later.push(bill(2 + later.length, lines));
            endsOn = step.give;
          }
          expect(given() + (first.credited[0]?.netMinor ?? 0)).toBeLessThanOrEqual(amountMinor);
        }
        const last = planFull(invoiceOf([first, ...later], notes));
        if (!isRefused(last)) take(last);
        const creditedMinor = first.credited[0]?.netMinor ?? 0;
        expect(given() + creditedMinor).toBe(amountMinor);
        const taxBack = later.reduce((sum, { taxes }) => sum - (taxes[0]?.amountMinor ?? 0), 0);
        const taxCredited = notes
          .flatMap(({ taxes }): CreditNoteTax[] => taxes)
          .reduce((sum, tax) => sum + tax.amountMinor, 0);
        const billedTax = vatOf(first.lines).amountMinor;
        const exact = isRefused(last) ? later.length + notes.length : 0;
        // Only where nothing was left for the last note may halves of a cent have gone another way.
        expect(Math.abs(taxBack + taxCredited - billedTax)).toBeLessThanOrEqual(exact);
      }),
      { numRuns: 400 },
    );
  });
});
