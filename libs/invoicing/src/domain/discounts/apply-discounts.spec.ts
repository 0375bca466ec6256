import { describe, expect, it } from '@jest/globals';
import type { DiscountValue } from '@tollkeeper/contracts';
import fc from 'fast-check';
import type { BillLine } from '../bill';
import { netOf } from '../line-parts';
import { applyDiscounts } from './apply-discounts';
import type { DiscountGrant, DiscountTerms } from './discount-grants';
import type { Portion } from './take-off';

type DraftLine = Omit<BillLine, 'lineNo'>;

const line = (amountMinor: number, taxCode = 'voice', more: Partial<DraftLine> = {}): DraftLine => ({
  kind: 'recurring',
  subscriptionId: 'sub',
  number: null,
  description: 'Line',
  from: '2026-01-01',
  to: '2026-02-01',
  quantity: 1,
  unit: 'charge',
  includedQuantity: 0,
  records: 0,
  amountMicro: null,
  amountMinor,
  taxCode,
  revenueCategory: 'recurring',
  deferred: false,
  offeringId: 'plan',
  offeringVersion: 1,
  chargeKey: null,
  proration: null,
  periodIds: [],
  ...more,
});

const percent = (text: string): DiscountValue => ({ off: 'percentage', percent: text });
const fixed = (amountMinor: number): DiscountValue => ({ off: 'fixed', amountMinor });

const grant = (
  discountId: string,
  level: DiscountTerms['level'],
  value: DiscountValue,
  groups: number[][],
  more: Partial<DiscountTerms> = {},
): DiscountGrant => ({
  discountKey: discountId,
  terms: { discountId, name: discountId, level, value, ...more },
  offeringId: 'plan',
  offeringVersion: 1,
  accountDiscountId: null,
  code: null,
  groups,
});

const portionsOf = (lines: DraftLine[]): Portion[] =>
  lines.map(({ taxCode, amountMinor }, position) => ({ position, taxCode, leftMinor: amountMinor }));

const never = new Set<string>();

/** `discount -amount` of each line in the order in which it was taken off. */
function shown(lines: DraftLine[], grants: DiscountGrant[], billedOnce = never): string[] {
  const taken = applyDiscounts(lines, portionsOf(lines), grants, billedOnce);
  return lines.map((_, position) =>
    (taken.lines.get(position) ?? [])
      .map(({ discountKey, amountMinor }) => `${discountKey} ${amountMinor}`)
      .join(', '),
  );
}

const all = (lines: DraftLine[]): number[][] => [[...lines.keys()]];

describe('the order', () => {
  it('line, plan, bill; percentages before fixed amounts; each on what is left', () => {
    const lines = [line(10_000)];
    const every = [
      grant('billFixed', 'bill', fixed(100), all(lines)),
      grant('planFixed', 'plan', fixed(500), all(lines)),
      grant('billTen', 'bill', percent('10'), all(lines)),
      grant('lineTwenty', 'line', percent('20'), all(lines)),
      grant('planTen', 'plan', percent('10'), all(lines)),
      grant('lineFixed', 'line', fixed(1000), all(lines)),
    ];
    // 10,000 - 20 % = 8,000 - 1,000 = 7,000 - 10 % = 6,300 - 500 = 5,800 - 10 % = 5,220 - 100
    expect(shown(lines, every)).toEqual([
      'lineTwenty -2000, lineFixed -1000, planTen -700, planFixed -500, billTen -580, billFixed -100',
    ]);
  });

  it('at one level and kind by priority, then by id', () => {
    const lines = [line(10_000)];
    const half = (id: string, priority?: number) =>
      grant(id, 'plan', percent('50'), all(lines), priority === undefined ? {} : { priority });
    expect(shown(lines, [half('b'), half('a'), half('first', -1), half('last', 5)])).toEqual([
      'first -5000, a -2500, b -1250, last -625',
    ]);
  });
});

describe('what is taken off of whom', () => {
  it.each<[string, DraftLine[], (lines: DraftLine[]) => DiscountGrant[], string[]]>([
    [
      'a percentage of a line: each line rounded by itself',
      [line(333), line(333)],
      (lines) => [grant('p', 'line', percent('50'), all(lines))],
      ['p -167', 'p -167'],
    ],
    [
      'a percentage of the plan: of the sum, the odd cent on the first of the largest remainders',
      [line(333), line(333)],
      (lines) => [grant('p', 'plan', percent('50'), all(lines))],
      ['p -167', 'p -166'],
    ],
    [
      'fixed off the bill: spread by what the lines cost',
      [line(1000, 'voice'), line(500, 'data'), line(500, 'data')],
      (lines) => [grant('f', 'bill', fixed(1001), all(lines))],
      ['f -501', 'f -250', 'f -250'],
    ],
    [
      'fixed above what there is: down to zero, no further',
      [line(300), line(100, 'data')],
      (lines) => [grant('f', 'bill', fixed(5000), all(lines))],
      ['f -300', 'f -100'],
    ],
    [
      'money that is included: 20.00 by the plan and 10.00 by an add-on, out of 48.00 of usage',
      [line(4800)],
      (lines) => [
        grant('plan', 'plan', fixed(2000), all(lines)),
        grant('zAddOn', 'plan', fixed(1000), all(lines)),
      ],
      ['plan -2000, zAddOn -1000'],
    ],
    [
      'a discount of one tax category never lowers another',
      [line(1000, 'voice'), line(1000, 'data')],
      (lines) => [
        grant('v', 'bill', fixed(5000), all(lines), { appliesTo: { taxCodes: ['voice'] } }),
        grant('p', 'bill', percent('10'), all(lines), { appliesTo: { taxCodes: ['voice'] } }),
      ],
      ['p -100, v -900', ''],
    ],
    [
      'what is given back lowers what a category can bear',
      [line(1000, 'voice'), line(-800, 'voice'), line(1000, 'data')],
      (lines) => [grant('p', 'bill', percent('50'), all(lines))],
      ['p -200', '', 'p -500'],
    ],
    [
      'a plan of two subscriptions: fixed once for each',
      [line(1000), line(200, 'voice', { subscriptionId: 'two' })],
      () => [grant('f', 'plan', fixed(500), [[0], [1]])],
      ['f -500', 'f -200'],
    ],
  ])('%s', (_, lines, grants, expected) => {
    expect(shown(lines, grants(lines))).toEqual(expected);
  });

  it('the first n units that cost money, line after line', () => {
    const used = (quantity: number, includedQuantity: number, amountMinor: number) =>
      line(amountMinor, 'voice', { kind: 'usage', unit: 'seconds', quantity, includedQuantity });
    const lines = [used(1000, 900, 500), used(300, 0, 900)];
    const first = (value: DiscountValue) => [grant('u', 'line', value, all(lines), { firstUnits: 200 })];
    // 100 of 100 seconds of the first line, 100 of 300 of the second
    expect(shown(lines, first(percent('100')))).toEqual(['u -500', 'u -300']);
    expect(shown(lines, first(percent('50')))).toEqual(['u -250', 'u -150']);
    expect(shown(lines, first(fixed(80)))).toEqual(['u -29', 'u -51']); // by 500 and 900
  });
});

describe('uses', () => {
  const lines = [line(1000)];
  const three = [grant('p', 'plan', percent('20'), all(lines), { periods: 3 })];
  const applied = (billed: string[]) => applyDiscounts(lines, portionsOf(lines), three, new Set(billed));

  it.each<[string, string[], string[], number | null]>([
    ['the first bill', [], ['p#1'], 1],
    ['the third', ['p#1', 'p#2'], ['p#3'], 3],
    ['a thrown away draft gave its use back', ['p#1', 'p#3'], ['p#2'], 2],
    ['used up', ['p#1', 'p#2', 'p#3'], [], null],
  ])('%s', (_, billed, onceKeys, use) => {
    const taken = applied(billed);
    expect(taken.onceKeys).toEqual(onceKeys);
    expect(taken.bill.map((each) => [each.use, each.of, each.amountMinor])).toEqual(
      use === null ? [] : [[use, 3, -200]],
    );
  });

  it('a bill on which there is nothing to lower is no use', () => {
    const free = [line(0)];
    expect(applyDiscounts(free, portionsOf(free), three, never).onceKeys).toEqual([]);
  });
});

describe('laws', () => {
  const taxCodes = ['voice', 'data', 'text'];
  const someLines = fc.array(
    fc
      .tuple(fc.integer({ min: -2000, max: 20_000 }), fc.constantFrom(...taxCodes))
      .map(([amount, taxCode]) => line(amount, taxCode)),
    { minLength: 1, maxLength: 6 },
  );
  const values = fc.oneof(
    fc.integer({ min: 0, max: 20_000 }).map(fixed),
    fc.integer({ min: 0, max: 100_000 }).map((thousandths) => percent(decimal(thousandths))),
  );
  const decimal = (thousandths: number): string =>
    `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
  const someGrants = fc.array(
    fc.record({
      level: fc.constantFrom('line' as const, 'plan' as const, 'bill' as const),
      value: values,
      codes: fc.option(fc.subarray(taxCodes, { minLength: 1 }), { nil: undefined }),
    }),
    { maxLength: 5 },
  );
  const grantsOf = (
    given: { level: DiscountTerms['level']; value: DiscountValue; codes?: string[] | undefined }[],
    lines: DraftLine[],
  ) =>
    given.map(({ level, value, codes }, no) =>
      grant(`d${no}`, level, value, all(lines), codes ? { appliesTo: { taxCodes: codes } } : {}),
    );
  const sum = (list: number[]) => list.reduce((total, each) => total + each, 0);

  it('no line and no tax category goes below zero, other categories stay, and all parts add up', () => {
    fc.assert(
      fc.property(someLines, someGrants, (lines, given) => {
        const portions = portionsOf(lines);
        const taken = applyDiscounts(lines, portions, grantsOf(given, lines), never);
        const nets = lines.map((each, position) =>
          netOf({ ...each, discounts: taken.lines.get(position) ?? [] }),
        );
        lines.forEach(({ amountMinor }, position) => {
          const [low, high] = amountMinor > 0 ? [0, amountMinor] : [amountMinor, amountMinor];
          expect(nets[position]).toBeGreaterThanOrEqual(low);
          expect(nets[position]).toBeLessThanOrEqual(high);
          expect(portions[position]?.leftMinor).toBe(nets[position]);
        });
        for (const taxCode of taxCodes) {
          const own = [...lines.keys()].filter((position) => lines[position]?.taxCode === taxCode);
          const before = sum(own.map((position) => lines[position]?.amountMinor ?? 0));
          const after = sum(own.map((position) => nets[position] ?? 0));
          expect(after).toBeGreaterThanOrEqual(Math.min(0, before));
          if (!given.some(({ codes }) => !codes || codes.includes(taxCode))) expect(after).toBe(before);
        }
        const onLines = sum([...taken.lines.values()].flat().map(({ amountMinor }) => amountMinor));
        expect(sum(taken.bill.map(({ amountMinor }) => amountMinor))).toBe(onLines);
        for (const { amountMinor, byTaxCode } of taken.bill)
          expect(sum(byTaxCode.map((each) => each.amountMinor))).toBe(amountMinor);
      }),
      { numRuns: 500 },
    );
  });

  it('the order in which promotions are known does not matter', () => {
    fc.assert(
      fc.property(someLines, someGrants, (lines, given) => {
        const grants = grantsOf(given, lines);
        expect(shown(lines, [...grants].reverse())).toEqual(shown(lines, grants));
      }),
      { numRuns: 100 },
    );
  });
});
