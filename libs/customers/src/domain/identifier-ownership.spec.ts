import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { covers, findClashes, findHolder, type HeldIdentifier } from './identifier-ownership';

const hour = (of: number): string => `2026-03-01T${String(of).padStart(2, '0')}:00:00.000Z`;
const held = (
  subscriptionId: string,
  from: number,
  to: number | null,
  value = '15550100',
): HeldIdentifier => ({
  kind: 'msisdn',
  value,
  subscriptionId,
  from: hour(from),
  to: to === null ? null : hour(to),
});

describe('who may have a number', () => {
  it.each([
    ['after its owner gave it back, on the same day', held('b', 12, null), [held('a', 8, 12)], null],
    ['before its owner has it', held('b', 6, 8), [held('a', 8, 12)], null],
    ['between two owners', held('b', 9, 10), [held('a', 8, 9), held('c', 10, null)], null],
    ['while its owner has it', held('b', 9, 10), [held('a', 8, 12)], 'a'],
    ['from before until its owner has it', held('b', 6, 9), [held('a', 8, 12)], 'a'],
    ['for ever, while a later owner is known', held('b', 6, null), [held('a', 8, 12)], 'a'],
    ['while its owner has it for ever', held('b', 20, 21), [held('a', 8, null)], 'a'],
    ['the very same time', held('b', 8, 12), [held('a', 8, 12)], 'a'],
    ['when another number is taken', held('b', 8, 12), [held('a', 8, 12, '15550101')], null],
    ['when an IMSI looks the same', held('b', 8, 12), [{ ...held('a', 8, 12), kind: 'imsi' as const }], null],
  ])('%s', (_, wanted, owners, holder) => {
    expect(findHolder(wanted, owners)?.subscriptionId ?? null).toBe(holder);
  });

  it('finds clashes inside one list', () => {
    const clashes = findClashes([held('a', 8, 12), held('b', 12, null), held('c', 11, 13)], []);
    expect(clashes.map(({ index, holder }) => [index, holder.subscriptionId])).toEqual([[2, 'a']]);
  });

  it('is one owner at most at any instant, whatever is accepted in whatever order', () => {
    const request = fc.record({
      value: fc.constantFrom('1', '2'),
      owner: fc.constantFrom('a', 'b', 'c', 'd'),
      from: fc.integer({ min: 0, max: 22 }),
      hours: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(request, { maxLength: 4 }), { maxLength: 8 }), (batches) => {
        const owners: HeldIdentifier[] = [];
        for (const batch of batches) {
          const wanted = batch.map(({ value, owner, from, hours }) =>
            held(owner, from, hours === null || from + hours > 23 ? null : from + hours, value),
          );
          const refused = new Set(findClashes(wanted, owners).map(({ index }) => index));
          owners.push(...wanted.filter((_, index) => !refused.has(index)));
        }
        for (const value of ['1', '2']) {
          for (let at = 0; at < 24; at += 1) {
            const now = owners.filter((each) => each.value === value && covers(each, hour(at)));
            expect(now.length).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });
});
