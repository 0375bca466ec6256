/** Never more than `limit` calls under way; the results come in the order of the items. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [place, item] of queue) results[place] = await call(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

export function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  const groups = Math.ceil(items.length / size);
  return Array.from({ length: groups }, (_, group) => items.slice(group * size, (group + 1) * size));
}
