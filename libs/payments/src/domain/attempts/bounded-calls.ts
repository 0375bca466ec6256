/** Never more than `limit` calls under way; the results come in the order of the items. After a failure none begins. */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  call: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const failures: unknown[] = [];
  const worker = async () => {
    for (const [place, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[place] = await call(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  // All end before the caller hears of a failure: who repeats meets nothing of an earlier try.
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
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
  items: readonly Item[],
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
  const calls = mapBounded(items, callsAtOnce, async (item) => {
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
