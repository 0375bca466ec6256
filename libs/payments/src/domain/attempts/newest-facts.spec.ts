import { expect, it } from '@jest/globals';
import { newestFacts } from './newest-facts';

const fact = (id: string, revision: number) => ({ id, revision });

it.each([
  ['a new subject', [fact('a', 1)], {}, ['a1']],
  ['the same again', [fact('a', 1)], { a: 1 }, []],
  ['an older one, late', [fact('a', 1)], { a: 2 }, []],
  ['two of one subject', [fact('a', 2), fact('a', 3)], { a: 1 }, ['a3']],
  ['two of one subject, out of order', [fact('a', 3), fact('a', 2)], {}, ['a3']],
  ['several subjects', [fact('a', 1), fact('b', 5), fact('c', 1)], { b: 4, c: 1 }, ['a1', 'b5']],
])('%s', (_what, facts, held, kept) => {
  const newest = newestFacts(facts, ({ id }) => id, new Map(Object.entries(held)));
  expect(newest.map(({ id, revision }) => `${id}${revision}`)).toEqual(kept);
});
