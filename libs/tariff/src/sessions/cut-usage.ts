import { instantAtMillis, millisOf, type Instant } from '@tollkeeper/calendar';
import type { UsageRecord } from '../record/usage-record';

const second = 1000;

const isTimed = ({ usageType }: UsageRecord): boolean => usageType === 'voice' || usageType === 'video';

/** How long it took, in milliseconds; 0 when that is not known: it then was at its start. */
export const lengthOf = (record: UsageRecord): number =>
  (isTimed(record) ? record.quantity : (record.durationSeconds ?? 0)) * second;

export const endOf = (record: UsageRecord): Instant =>
  instantAtMillis(millisOf(record.startAt) + lengthOf(record));

/** Of what was used in the whole time, what was used until then: whole units, so that parts add up to the whole. */
const usedUntil = (quantity: number, elapsed: number, length: number): number =>
  Number((BigInt(quantity) * BigInt(elapsed)) / BigInt(length));

/**
 * Parts of one use, cut at the edges (in order) that lie within it. Seconds fall where they were spoken; other units
 * by time, evenly, with what is left over by whole units on the last part.
 */
export function cutUsage(record: UsageRecord, edges: readonly Instant[]): UsageRecord[] {
  const length = lengthOf(record);
  const from = millisOf(record.startAt);
  const inside = edges.map(millisOf).filter((edge) => from < edge && edge < from + length);
  if (inside.length === 0) return [record];
  const ends = [...inside, from + length];
  return ends.map((end, index) => {
    const start = index === 0 ? from : ends[index - 1]!;
    const before = usedUntil(record.quantity, start - from, length);
    const quantity = usedUntil(record.quantity, end - from, length) - before;
    const timed = isTimed(record) ? {} : { durationSeconds: Math.round((end - start) / second) };
    const usedBefore = (record.usedBefore ?? 0) + before;
    return {
      ...record,
      startAt: instantAtMillis(start),
      quantity,
      ...timed,
      ...(usedBefore > 0 ? { usedBefore } : {}),
    };
  });
}
