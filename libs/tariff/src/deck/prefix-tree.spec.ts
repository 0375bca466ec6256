import fc from 'fast-check';
import { PrefixTree } from './prefix-tree';

const treeOf = (prefixes: readonly string[]): PrefixTree<string> => {
  const tree = new PrefixTree<string>();
  for (const prefix of prefixes) tree.add(prefix, prefix);
  tree.pack();
  return tree;
};
const number = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 15 })
  .map((list) => list.join(''));
const similar = fc
  .array(fc.constantFrom('4', '9', '1'), { minLength: 1, maxLength: 8 })
  .map((list) => list.join(''));

it('finds what a look at every prefix finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(number, similar), { maxLength: 60 }),
      fc.oneof(number, similar),
      (prefixes, wanted) => {
        const tree = treeOf(prefixes);
        const [longest] = prefixes
          .filter((prefix) => wanted.startsWith(prefix))
          .sort((left, right) => right.length - left.length);
        expect(tree.longest(wanted)).toBe(longest);
        expect(tree.get(wanted)).toBe(prefixes.find((prefix) => prefix === wanted));
        for (const prefix of prefixes) expect(tree.get(prefix)).toBe(prefix);
      },
    ),
  );
});

it.each([
  ['a letter ends a number', '49A', '49'],
  ['a sign is no digit', '+49', undefined],
  ['nothing', '', undefined],
])('%s', (_, text, found) => {
  expect(treeOf(['4', '49']).longest(text)).toBe(found);
});

it('takes each prefix once, and only digits', () => {
  const tree = new PrefixTree<number>();
  expect([tree.add('49', 1), tree.add('49', 2), tree.add('4x', 3), tree.get('49')]).toEqual([
    true,
    false,
    false,
    1,
  ]);
  tree.pack();
  expect(() => tree.add('5', 1)).toThrow(RangeError);
});
