import type { AllowanceKind } from '@tollkeeper/contracts';
import { memberCounter, type CarriedUnits } from './grant';

/** What a group's buckets gave so far, and what earlier periods left to them. */
export interface BucketState {
  /** Units used by counter: a bucket, a member's share (`bucket@member`), throttled (`bucket!throttled`), in zones (`bucket!in:eea`). */
  buckets: ReadonlyMap<string, number>;
  /** Units carried over, by the bucket of their allowance, oldest first. Left out: none. */
  carried?: ReadonlyMap<string, readonly CarriedUnits[]>;
}

export interface BucketUse {
  bucket: string;
  units: number;
  /** What the units count, where that is not the record's kind: another kind of usage, or millionths of money. */
  usageType?: AllowanceKind;
}

/** What one record takes, part by part; nothing of it is written before `keepDraw`. */
export interface Draw {
  /** Of each bucket, in the order of use; a bucket with steps gives more units than it covers. */
  used: BucketUse[];
  /** All counters that move, the buckets' own too. */
  counters: BucketUse[];
  /** The size of each used bucket. */
  sizes: number[];
}

/** Shared by all draws that took nothing; replaced, never written. */
const none: never[] = [];

export const startDraw = (): Draw => ({ used: none, counters: none, sizes: none });

/** How a grant's buckets are drawn. */
export interface Drawing {
  step: number;
  /** Set for a pool's bucket: whose share of it is counted. */
  member: string | null;
  draw: Draw;
}

interface OpenBucket {
  bucket: string;
  size: number;
  open: number;
}

/** Whole steps only, no more than are open or wanted. Gives the units taken. */
export function drawBucket(
  { step, member, draw }: Drawing,
  { bucket, size, open }: OpenBucket,
  wanted: number,
): number {
  if (open < step) return 0;
  const steps = Math.min(Math.floor(open / step), Math.ceil(wanted / step));
  const units = steps * step;
  if (draw.used === none) [draw.used, draw.sizes] = [[{ bucket, units }], [size]];
  else if (count(draw.used, bucket, units)) draw.sizes.push(size);
  countUse(draw, bucket, units);
  if (member !== null) countUse(draw, memberCounter(bucket, member), units);
  return units;
}

/** Money that a bucket paid comes back to it. */
export function giveBack(
  draw: Draw,
  bucket: string,
  { micro, size, member }: { micro: number; size: number; member: string | null },
): void {
  const use: BucketUse = { bucket, units: -micro, usageType: 'money' };
  [draw.used, draw.sizes] = [
    [...draw.used, use],
    [...draw.sizes, size],
  ];
  countUse(draw, bucket, -micro);
  if (member !== null) countUse(draw, memberCounter(bucket, member), -micro);
}

export function standOf(counter: string, { buckets }: BucketState, { counters }: Draw): number {
  let used = buckets.get(counter) ?? 0;
  for (const each of counters) if (each.bucket === counter) used += each.units;
  return used;
}

export function countUse(draw: Draw, counter: string, units: number): void {
  if (draw.counters === none) draw.counters = [{ bucket: counter, units }];
  else count(draw.counters, counter, units);
}

/** True when it is the first of its bucket. */
function count(uses: BucketUse[], bucket: string, units: number): boolean {
  const found = uses.find((use) => use.bucket === bucket);
  if (found) found.units += units;
  else uses.push({ bucket, units });
  return found === undefined;
}

/** Moves the state by what a rated record took. */
export function keepDraw(
  { buckets, sizes }: { buckets: Map<string, number>; sizes: Map<string, number> },
  draw: Draw,
): void {
  if (draw.counters === none) return;
  for (const { bucket, units } of draw.counters) buckets.set(bucket, (buckets.get(bucket) ?? 0) + units);
  draw.used.forEach(({ bucket }, at) =>
    sizes.set(bucket, Math.max(draw.sizes[at] ?? 0, sizes.get(bucket) ?? 0)),
  );
}
