import fc from 'fast-check';
import type { Allowance, OfferingVersion } from '@tollkeeper/contracts';
import { compileCatalog } from '../catalog/compile-catalog';
import type { GuidedUsage } from '../guiding/guide-usage';
import { CyclePeriods, type UsagePeriod } from '../guiding/usage-periods';
import { emptyState, foldGroup } from '../rating/fold-group';
import type { UsageRecord } from '../record/usage-record';
import { account, allowance, call, entry, guided, offering, subscription } from '../sample-tariff';
import { grantsOfGroup } from './entitlement';
import { carriedOver, noRest, type PeriodRest, restOf } from './period-rest';

const at = (month: number, day = 10, minute = 0) =>
  `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T12:${String(minute).padStart(2, '0')}:00.000Z`;
const use = (month: number, quantity: number, index = 0, day = 10): UsageRecord =>
  call({ recordId: `m${month}-${index}`, startAt: at(month, day, index), quantity });

/** Folds month by month, those without usage too; each begins with what the one before it left. */
function months(
  records: UsageRecord[][],
  offerings: OfferingVersion[],
  addOns: { offeringId: string; from: string; to: null }[] = [],
) {
  const accounts = [account({ subscriptions: [subscription({ addOns })] })];
  const tariff = { accounts, offerings, entries: [entry()] };
  const catalog = compileCatalog(offerings, []);
  const known = new CyclePeriods();
  let before = noRest;
  let last: UsagePeriod | null = null;
  return records.map((list) => {
    const all = list.map((record) => guided(record, tariff));
    const [{ period, groupId, cycle }] = all as [GuidedUsage];
    const grants = (of: UsagePeriod) => grantsOfGroup(accounts[0]!, groupId, catalog, of);
    for (let next = last && known.at(cycle!, last.toAt); next && next.fromAt < period.fromAt;) {
      before = restOf(grants(next), emptyState(before), next);
      next = known.at(cycle!, next.toAt);
    }
    const began = before;
    const { state, folded } = foldGroup(emptyState(before), all);
    [before, last] = [restOf(grants(period), state, period), period];
    const charged = folded.map(({ outcome }) =>
      'rated' in outcome ? outcome.rated.explanation.chargedQuantity : -1,
    );
    return { before: began, state, charged };
  });
}

const plan = (...allowances: Partial<Allowance>[]) => [
  offering({ allowances: allowances.map((change) => allowance(change)) }),
];
const told = ({ carried, opening }: PeriodRest): string =>
  [
    ...carried.map(({ bucket, units, periodsLeft }) => `${bucket.slice(6)} ${units} for ${periodsLeft}`),
    ...opening.map(({ bucket, units }) => `${bucket.slice(6)} used ${units}`),
  ].join(', ');

describe('the rule: min(max, max(left, min))', () => {
  it.each<[number, number, { min?: number; max?: number }, number]>([
    [30, 100, {}, 30],
    [0, 100, {}, 0],
    [100, 100, {}, 100],
    [30, 100, { max: 20 }, 20],
    [30, 100, { min: 50 }, 50],
    [0, 100, { min: 10 }, 10],
    [30, 100, { min: 50, max: 40 }, 40],
    [100, 100, { max: 300 }, 100],
  ])('%d left of %d by %j is %d', (left, grant, rule, expected) => {
    expect(carriedOver(left, grant, { periods: 1, use: 'first', ...rule })).toBe(expected);
  });
});

describe('from month to month', () => {
  const first = { periods: 1, use: 'first' as const };
  it.each<[string, OfferingVersion[], UsageRecord[][], string[], number[][]]>([
    ['no rollover', plan({}), [[use(1, 70)], [use(2, 130)]], ['', ''], [[0], [30]]],
    [
      'one period',
      plan({ rollover: first }),
      [[use(1, 70)], [use(2, 130)], [use(3, 110)]],
      ['', 'minutes+2026-01-01 30 for 1', ''],
      [[0], [0], [10]],
    ],
    [
      'two periods: the rest waits on',
      plan({ rollover: { ...first, periods: 2 } }),
      [[use(1, 70)], [use(2, 10)], [use(3, 0)]],
      ['', 'minutes+2026-01-01 30 for 2', 'minutes+2026-01-01 20 for 1, minutes+2026-02-01 100 for 2'],
      [[0], [0], [0]],
    ],
    [
      'used last, it expires unused',
      plan({ rollover: { ...first, use: 'last' } }),
      [[use(1, 70)], [use(2, 10)], [use(3, 0)]],
      ['', 'minutes+2026-01-01 30 for 1', 'minutes+2026-02-01 90 for 1'],
      [[0], [0], [0]],
    ],
    [
      'a month without usage leaves all of it',
      plan({ rollover: first }),
      [[use(1, 70)], [use(3, 210)]],
      ['', 'minutes+2026-02-01 100 for 1'],
      [[0], [10]],
    ],
    [
      '20 days from Jan 1 on: the window of January 21 goes on',
      plan({ grant: { every: 'days', days: 20 } }),
      [[use(1, 60, 0, 25)], [use(2, 60, 0, 3)]],
      ['', 'minutes#2026-01-21 used 60'],
      [[0], [20]],
    ],
  ])('%s', (_, offerings, records, befores, charged) => {
    const result = months(records, offerings);
    expect(result.map(({ before }) => told(before))).toEqual(befores);
    expect(result.map((month) => month.charged)).toEqual(charged);
  });

  it('a booster of January 25 is used until February 24, once', () => {
    const booster = offering({
      offeringId: 'booster',
      allowances: [allowance({ allowanceId: 'extra', grant: { once: true, days: 30 } })],
    });
    const addOns = [{ offeringId: 'booster', from: '2026-01-25T00:00:00.000Z', to: null }];
    const result = months(
      [[use(1, 60, 0, 26)], [use(2, 60, 0, 3), use(2, 10, 1, 25)]],
      [offering(), booster],
      addOns,
    );
    expect(result.map(({ charged }) => charged)).toEqual([[0], [20, 10]]);
  });
});

it('no unit appears or vanishes: granted = used + left + expired, month after month', () => {
  const aRule = fc.record({
    periods: fc.integer({ min: 1, max: 3 }),
    use: fc.constantFrom('first' as const, 'last' as const),
    max: fc.integer({ min: 0, max: 150 }),
  });
  fc.assert(
    fc.property(
      aRule,
      fc.array(fc.integer({ min: 0, max: 260 }), { minLength: 2, maxLength: 6 }),
      (rollover, uses) => {
        const result = months(
          uses.map((quantity, index) => [use(index + 1, quantity)]),
          plan({ rollover }),
        );
        result.forEach(({ before, state, charged }, index) => {
          const usable = 100 + before.carried.reduce((sum, { units }) => sum + units, 0);
          const used = [...state.buckets.values()].reduce((sum, units) => sum + units, 0);
          expect(used + (charged[0] ?? 0)).toBe(uses[index]);
          expect(used).toBe(Math.min(usable, uses[index] ?? 0));
          const next = result[index + 1]?.before;
          if (!next) return;
          for (const { bucket, units, ofBucket } of next.carried) {
            const moved = before.carried.find((each) => each.bucket === bucket);
            const left = (moved?.units ?? 100) - (state.buckets.get(moved ? bucket : ofBucket) ?? 0);
            expect(units).toBe(moved ? left : Math.min(rollover.max, left));
          }
          expect(new Set(next.carried.map(({ bucket }) => bucket)).size).toBe(next.carried.length);
        });
      },
    ),
    { numRuns: 60 },
  );
});
