import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { descendants, whyNotBelow } from './account-tree';
import { linksWith, type ParentLink, payerPeriods } from './payer-periods';
import { partiesFrom, type PartiedSubscription, payerAt, slicesOf } from './subscription-parties';

const day = (of: number): string => `2026-03-${String(of).padStart(2, '0')}T05:00:00.000Z`;
const below = (
  parentAccountId: string,
  paidBy: ParentLink['paidBy'],
  from: number,
  to?: number,
): ParentLink => ({
  parentAccountId,
  paidBy,
  from: day(from),
  to: to === undefined ? null : day(to),
});
const subscription = (more: Partial<PartiedSubscription> = {}): PartiedSubscription => ({
  _id: 'sub',
  accountId: 'kid',
  poolId: null,
  activeFrom: day(1),
  activeTo: null,
  parties: [],
  ...more,
});
const withPayers = (row: PartiedSubscription, at: number, links: Map<string, ParentLink[]>) => ({
  ...row,
  parties: partiesFrom(row, day(at), row, payerPeriods(row.accountId, links)),
});
const shown = (row: PartiedSubscription): string[] =>
  slicesOf(row).map(
    ({ sliceId, payerAccountId, from, to }) =>
      `${sliceId} ${payerAccountId} ${Number(from.slice(8, 10))}-${to ? Number(to.slice(8, 10)) : ''}`,
  );

describe('who pays for an account', () => {
  const links = (own: Record<string, ParentLink[]>) => new Map(Object.entries(own));
  it.each<[string, Map<string, ParentLink[]>, string[]]>([
    ['itself, without a parent', links({}), ['sub kid 1-']],
    ['itself, below a parent', links({ kid: [below('mum', 'itself', 5)] }), ['sub kid 1-']],
    [
      'its parent from a day on',
      links({ kid: [below('mum', 'parent', 5)] }),
      ['sub kid 1-5', 'sub.2 mum 5-'],
    ],
    [
      'its parent for a time',
      links({ kid: [below('mum', 'parent', 5, 9)] }),
      ['sub kid 1-5', 'sub.2 mum 5-9', 'sub.3 kid 9-'],
    ],
    [
      'whoever pays for its parent',
      links({ kid: [below('mum', 'parent', 5)], mum: [below('firm', 'parent', 7, 9)] }),
      ['sub kid 1-5', 'sub.2 mum 5-7', 'sub.3 firm 7-9', 'sub.4 mum 9-'],
    ],
    [
      'a parent whose own parent pays only later does so itself until then',
      links({
        kid: [below('mum', 'parent', 5)],
        mum: [below('firm', 'itself', 2, 8), below('firm', 'parent', 8)],
      }),
      ['sub kid 1-5', 'sub.2 mum 5-8', 'sub.3 firm 8-'],
    ],
  ])('%s', (_, tree, expected) => {
    expect(shown(withPayers(subscription(), 1, tree))).toEqual(expected);
  });

  it('what was before a change stays as it was, ids included', () => {
    const first = withPayers(subscription(), 5, links({ kid: [below('mum', 'parent', 5)] }));
    const again = withPayers(first, 9, links({ kid: [below('mum', 'parent', 5, 9)] }));
    expect(shown(again)).toEqual(['sub kid 1-5', 'sub.2 mum 5-9', 'sub.3 kid 9-']);
  });

  it('a payer who changes before service begins was never one', () => {
    const row = withPayers(
      subscription({ activeFrom: day(10) }),
      2,
      links({ kid: [below('mum', 'parent', 4)] }),
    );
    expect(shown(row)).toEqual(['sub mum 10-']);
  });

  it('ended before the next payer would begin: there is no slice of it', () => {
    const row = withPayers(subscription(), 2, links({ kid: [below('mum', 'parent', 9)] }));
    expect(shown({ ...row, activeTo: day(7) })).toEqual(['sub kid 1-7']);
  });

  it('a pool has one payer: another one begins another pool', () => {
    const row = withPayers(
      subscription({ poolId: 'kid.family' }),
      2,
      links({ kid: [below('mum', 'parent', 9)] }),
    );
    expect(slicesOf(row).map(({ poolId }) => poolId)).toEqual(['kid.family', `kid.family.${day(9)}`]);
  });
});

describe('where an account may hang', () => {
  const tree = new Map([
    ['b', [below('a', 'parent', 1)]],
    ['c', [below('b', 'parent', 1)]],
    ['d', [below('c', 'parent', 1)]],
    ['old', [below('x', 'parent', 1, 4)]],
  ]);
  it.each<[string, string, string, RegExp | null]>([
    ['below itself', 'a', 'a', /its own parent/],
    ['below its grandchild', 'a', 'c', /circle/],
    ['as a fifth level', 'e', 'd', null],
    ['as a sixth level, with what is below it', 'f', 'd', /6 levels/],
    ['below an account that was below it once', 'x', 'old', null],
  ])('%s', (_, accountId, parentAccountId, expected) => {
    const from = day(5);
    const links = new Map<string, ParentLink[]>([...tree, ['g', [below('f', 'parent', 1)]]]);
    const parent = { parentAccountId, paidBy: 'parent' as const };
    links.set(accountId, linksWith(links.get(accountId) ?? [], from, parent));
    const why = whyNotBelow({ accountId, parentAccountId, from }, links);
    if (expected === null) expect(why).toBeNull();
    else expect(why).toMatch(expected);
  });
});

describe('any sequence of changes', () => {
  const names = ['a', 'b', 'c', 'd'];
  const change = fc.record({
    days: fc.integer({ min: 0, max: 3 }),
    ahead: fc.integer({ min: 0, max: 6 }),
    what: fc.constantFrom('link' as const, 'move' as const),
    account: fc.constantFrom(...names),
    parent: fc.option(fc.constantFrom(...names), { nil: null }),
    paidBy: fc.constantFrom('itself' as const, 'parent' as const),
  });

  it('leaves each instant exactly one payer, and slices that partition the life of the subscription', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 10 }),
        fc.integer({ min: 1, max: 8 }),
        fc.option(fc.integer({ min: 9, max: 28 }), { nil: null }),
        (changes, start, end) => {
          let row = subscription({ accountId: 'a', activeFrom: day(start) });
          const links = new Map<string, ParentLink[]>();
          let today = 1;
          for (const { days, ahead, what, account, parent, paidBy } of changes) {
            today = Math.min(today + days, 20);
            if (what === 'move') {
              if (day(today) <= row.activeFrom) continue;
              const holder = { accountId: account, poolId: null };
              const parties = partiesFrom(row, day(today), holder, payerPeriods(account, links));
              row = { ...row, ...holder, parties };
              continue;
            }
            const from = day(Math.min(today + ahead, 26));
            const next = linksWith(
              links.get(account) ?? [],
              from,
              parent ? { parentAccountId: parent, paidBy } : null,
            );
            const tried = new Map(links).set(account, next);
            if (parent && whyNotBelow({ accountId: account, parentAccountId: parent, from }, tried)) continue;
            const before = slicesOf(row).filter(({ to }) => to !== null && to <= day(today));
            links.set(account, next);
            if (account === row.accountId || descendants(account, links, from).has(row.accountId))
              row = withPayers(row, Number(from.slice(8, 10)), links);
            expect(
              slicesOf(row)
                .slice(0, before.length)
                .map(({ sliceId, payerAccountId }) => [sliceId, payerAccountId]),
            ).toEqual(before.map(({ sliceId, payerAccountId }) => [sliceId, payerAccountId]));
          }
          const ended = { ...row, activeTo: end === null ? null : day(end) };
          const slices = slicesOf(ended);
          expect(slices[0]?.from).toBe(ended.activeFrom);
          expect(slices.at(-1)?.to).toBe(ended.activeTo);
          slices.slice(1).forEach(({ from }, index) => expect(slices[index]?.to).toBe(from));
          expect(new Set(slices.map(({ sliceId }) => sliceId)).size).toBe(slices.length);
          for (let of = start; of < (end ?? 30); of += 1) {
            const paying = slices.filter(({ from, to }) => from <= day(of) && (to === null || day(of) < to));
            expect(paying.map(({ payerAccountId }) => payerAccountId)).toEqual([payerAt(ended, day(of))]);
          }
          const holder = slices.at(-1);
          if (end === null)
            expect(holder?.payerAccountId).toBe(payerPeriods(row.accountId, links).at(-1)?.payerAccountId);
        },
      ),
      { numRuns: 500 },
    );
  });
});
