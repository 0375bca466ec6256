import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CapFacts, capsOf, lookAtCaps, type UsageOfPeriod, usageBarOf } from './usage-caps';

const terms = {
  creditClass: 'new',
  creditLimitMinor: null,
  depositMinor: 0,
  usageCapMinor: 10_000,
  dunningPolicyId: null,
  capAction: 'barOutgoing' as const,
};
const at = '2026-01-20T12:00:00.000Z';
const toAt = '2026-02-01T00:00:00.000Z';

const used = (ratedMicro: number, more: Partial<UsageOfPeriod> = {}): UsageOfPeriod => ({
  ...{ periodKey: '2026-01-01', fromAt: '2026-01-01T00:00:00.000Z', toAt, revision: 1 },
  ...{ ratedMicro, roamingDataMicro: 0, billed: false, ...more },
});

const look = (usage: UsageOfPeriod[], facts: Partial<CapFacts> = {}) =>
  lookAtCaps({
    ...{ caps: capsOf(terms, null), usage, creditMinor: 0, currency: 'EUR' },
    ...{ told: [], bars: [], at, ...facts },
  });

const percents = (found: ReturnType<typeof look>) => found.news.map(({ percent }) => percent);

/** The cap is 100.00; a micro amount has six decimals. */
describe('a cap on all usage', () => {
  it.each<[string, number, number, number[], boolean]>([
    ['79.999999 of 100', 79_999_999, 0, [], false],
    ['80 of 100', 80_000_000, 0, [80], false],
    ['99.999999 of 100', 99_999_999, 0, [80], false],
    ['100 of 100 at once: the highest is told', 100_000_000, 0, [100], true],
    ['150 of 100 with 50.01 paid ahead', 150_000_000, 5_001, [80], false],
    ['150 of 100 with 50.00 paid ahead', 150_000_000, 5_000, [100], true],
  ])('%s', (_what, micro, creditMinor, told, isBarred) => {
    const found = look([used(micro)], { creditMinor });
    expect(percents(found)).toEqual(told);
    expect(usageBarOf(found.bars)).toBe(isBarred ? 'barOutgoing' : null);
  });

  it('tells each threshold once a period, and again in the next', () => {
    const first = look([used(85_000_000)]);
    const again = look([used(90_000_000)], first);
    expect(percents(again)).toEqual([]);
    const next = used(85_000_000, {
      periodKey: '2026-02-01',
      fromAt: toAt,
      toAt: '2026-03-01T00:00:00.000Z',
    });
    expect(percents(look([used(90_000_000), next], { ...again, at: '2026-02-10T00:00:00.000Z' }))).toEqual([
      80,
    ]);
  });

  it.each<[string, Partial<CapFacts>]>([
    ['the next period', { at: toAt }],
    ['a payment', { creditMinor: 1 }],
    ['a higher cap', { caps: capsOf({ ...terms, usageCapMinor: 20_000 }, null) }],
    ['no cap', { caps: capsOf(null, null) }],
  ])('what was barred is lifted by %s', (_what, change) => {
    const barred = look([used(100_000_000)]);
    const found = look([used(100_000_000)], { told: barred.told, bars: barred.bars, ...change });
    expect([found.bars, found.news]).toEqual([[], []]);
  });

  it('only tells where the class says so', () => {
    const found = look([used(200_000_000)], { caps: capsOf({ ...terms, capAction: 'notify' }, null) });
    expect([percents(found), found.bars]).toEqual([[100], []]);
  });

  it('whatever comes in whatever order: no threshold twice, and a bar only above the cap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 250_000_000 }), { maxLength: 12 }), (amounts) => {
        let facts: Pick<CapFacts, 'told' | 'bars'> = { told: [], bars: [] };
        const news: number[] = [];
        for (const amount of amounts) {
          const found = look([used(amount)], facts);
          news.push(...percents(found));
          expect(found.bars.length).toBe(amount >= 100_000_000 ? 1 : 0);
          facts = found;
        }
        expect(new Set(news).size).toBe(news.length);
        expect(new Set(facts.told.map(({ percent }) => percent)).size).toBe(facts.told.length);
      }),
    );
  });
});

describe('a cap on data roaming', () => {
  const caps = capsOf(null, 5_000);
  it.each<[number, number[], string | null]>([
    [39_999_999, [], null],
    [40_000_000, [80], null],
    [50_000_000, [100], 'barRoamingData'],
  ])('%i micro of 50.00', (roamingDataMicro, told, bar) => {
    const found = look([used(90_000_000, { roamingDataMicro })], { caps, creditMinor: 100_000 });
    expect(percents(found)).toEqual(told);
    expect(usageBarOf(found.bars)).toBe(bar);
  });

  it('beside a bar of all that goes out the strictest counts', () => {
    const both = capsOf(terms, 5_000);
    const found = look([used(120_000_000, { roamingDataMicro: 60_000_000 })], { caps: both });
    expect(found.bars.map(({ state }) => state)).toEqual(['barOutgoing', 'barRoamingData']);
    expect(usageBarOf(found.bars)).toBe('barOutgoing');
  });
});
