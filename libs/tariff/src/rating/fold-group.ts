import { carriedByBucket, noRest, type PeriodRest } from '../buckets/period-rest';
import type { GuidedUsage } from '../guiding/guide-usage';
import { rateRecord, type GroupState, type RatingOutcome } from './rate-record';
import { orderKey, type UsageRecord } from '../record/usage-record';

/** A charging group's period so far: what the next fold starts from. */
export interface FoldState extends GroupState {
  /** Order key of the last record whose place in the order mattered. */
  last: string | null;
  /** A record arrived behind a later one: the period has to be folded again before it is billed. */
  orderDirty: boolean;
}

export interface FoldedUsage {
  guided: GuidedUsage;
  outcome: RatingOutcome;
}

/** A period starts from what the one before it left. */
export const emptyState = ({ carried, opening }: PeriodRest = noRest): FoldState => ({
  buckets: new Map(opening.map(({ bucket, units }) => [bucket, units])),
  carried: carriedByBucket(carried),
  sizes: new Map(),
  sums: new Map(),
  last: null,
  orderDirty: false,
});

const byOrder = ({ record: left }: GuidedUsage, { record: right }: GuidedUsage): number => {
  if (left.startAt !== right.startAt) return left.startAt < right.startAt ? -1 : 1;
  return left.recordId < right.recordId ? -1 : left.recordId > right.recordId ? 1 : 0;
};

/** Most batches come in order: they are looked through, not copied and sorted. */
function inOrder(usages: readonly GuidedUsage[]): readonly GuidedUsage[] {
  for (let index = 1; index < usages.length; index += 1)
    if (byOrder(usages[index - 1]!, usages[index]!) > 0) return [...usages].sort(byOrder);
  return usages;
}

/** Within a batch records are in order, so its first one tells whether it reaches behind what came before. */
function keepOrder(state: FoldState, firstKey: string, lastKey: string): void {
  if (state.last !== null && firstKey < state.last) state.orderDirty = true;
  if (state.last === null || lastKey > state.last) state.last = lastKey;
}

/**
 * A period's rating is this fold over its group's records. Folding in parts gives the same as folding at once when
 * the parts come in order; when they do not, the state says so and one fold over all of them from the empty state repairs it.
 */
export function foldGroup(
  before: FoldState,
  usages: readonly GuidedUsage[],
): { state: FoldState; folded: FoldedUsage[] } {
  const state: FoldState = {
    ...before,
    buckets: new Map(before.buckets),
    sizes: new Map(before.sizes),
    sums: new Map(before.sums),
  };
  let first: UsageRecord | null = null;
  let last: UsageRecord | null = null;
  const folded = inOrder(usages).map((guided): FoldedUsage => {
    const outcome = rateRecord(guided, state);
    if ('rated' in outcome && outcome.rated.orderMatters) {
      first ??= guided.record;
      last = guided.record;
    }
    return { guided, outcome };
  });
  if (first !== null && last !== null) keepOrder(state, orderKey(first), orderKey(last));
  return { state, folded };
}
