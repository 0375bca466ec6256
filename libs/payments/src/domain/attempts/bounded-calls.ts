type Items<Item> = Iterable<Item> | AsyncIterable<Item>;

const iteratorOf = <Item>(items: Items<Item>): Iterator<Item> | AsyncIterator<Item> =>
  Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();

/** Never more than `limit` calls under way, begun in the order of the items. After a failure none begins. */
async function eachBounded<Item>(
  items: Items<Item>,
  limit: number,
  call: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = iteratorOf(items);
  const failures: unknown[] = [];
  const worker = async () => {
    while (failures.length === 0) {
      try {
        const next = await queue.next();
        if (next.done || failures.length > 0) return;
        await call(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  // All end before the caller hears of a failure: who repeats meets nothing of an earlier try.
  await Promise.all(Array.from({ length: limit }, worker));
  await queue.return?.();
  if (failures.length > 0) throw failures[0];
}

/** Never more than `limit` calls under way; the results come in the order of the items. After a failure none begins. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  await eachBounded(items.entries(), Math.min(limit, items.length), async ([place, item]) => {
    results[place] = await call(item);
  });
  return results;
}

/**
 * What the groups become, one item after the other in their order: the next `ahead` groups are made ready while the
 * items of one are worked on. Who stops early waits for those that are under way.
 */
export async function* readyAhead<Group, Item>(
  groups: readonly Group[],
  ahead: number,
  makeReady: (group: Group) => Promise<readonly Item[]>,
): AsyncGenerator<Item, void> {
  const begun: Promise<readonly Item[]>[] = [];
  const rest = groups.values();
  const beginUpTo = (most: number) => {
    while (begun.length < most) {
      const { value: group, done } = rest.next();
      if (done) return;
      const ready = makeReady(group);
      // A failure is told when its turn comes.
      ready.catch(() => undefined);
      begun.push(ready);
    }
  };
  try {
    // The first one alone: nothing goes on before it is there.
    for (beginUpTo(1); begun.length > 0;) {
      const items = await begun[0];
      void begun.shift();
      beginUpTo(ahead);
      yield* items ?? [];
    }
  } finally {
    await Promise.allSettled(begun);
  }
}

interface GroupLimits {
  callsAtOnce: number;
  /** Results that are recorded together. */
  groupSize: number;
}

/** Groups that may wait to be recorded before no further call begins. */
const groupsAhead = 2;

/**
 * Calls go on while what earlier ones came to is recorded: one group after the other, each result once. A crash leaves
 * two groups unrecorded at most, beside the calls under way; a failure leaves nothing unrecorded that could be recorded.
 */
export async function callAndRecord<Item, Result>(
  items: Items<Item>,
  { callsAtOnce, groupSize }: GroupLimits,
  call: (item: Item) => Promise<Result>,
  record: (results: Result[]) => Promise<void>,
): Promise<void> {
  const answered: Result[] = [];
  const failures: unknown[] = [];
  let [recording, isRecording] = [Promise.resolve(), false];
  const keepFailure = (error: unknown) => void failures.push(error);
  const recordGroups = async (least: number) => {
    isRecording = true;
    while (answered.length >= least && answered.length > 0) await record(answered.splice(0, groupSize));
    isRecording = false;
  };
  const calls = eachBounded(items, callsAtOnce, async (item) => {
    if (failures.length > 0) throw failures[0];
    answered.push(await call(item));
    if (!isRecording && answered.length >= groupSize) recording = recordGroups(groupSize).catch(keepFailure);
    if (answered.length >= groupsAhead * groupSize) await recording;
  });
  await calls.catch(keepFailure);
  await recording;
  // A record that failed leaves `isRecording` set: nothing more is recorded.
  if (!isRecording) await recordGroups(1);
  if (failures.length > 0) throw failures[0];
}

export function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  const groups = Math.ceil(items.length / size);
  return Array.from({ length: groups }, (_, group) => items.slice(group * size, (group + 1) * size));
}
