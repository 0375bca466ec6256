import { expect, it } from '@jest/globals';
import { groupsOf, mapBounded } from './bounded-calls';

it.each([
  [0, 8, 0],
  [3, 8, 3],
  [20, 8, 8],
])('%i calls, at most %i at once: %i', async (count, limit, atOnce) => {
  let [running, most] = [0, 0];
  const items = Array.from({ length: count }, (_, place) => place);
  const results = await mapBounded(items, limit, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(atOnce);
});

it('makes groups', () => {
  expect(groupsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(groupsOf([], 2)).toEqual([]);
});
