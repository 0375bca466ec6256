import type { Instant } from '@tollkeeper/calendar';
import type { Allowance, ZoneLimit } from '@tollkeeper/contracts';
import { fits, type UsageFacts } from '../deck/match-usage';
import type { ExplainedPart } from '../rating/explanation';
import { isUnpaid, type GuidedUsage } from '../guiding/guide-usage';
import { grantsIn } from './entitlement';
import {
  limitCounter,
  memberCounter,
  throttledCounter,
  usableAt,
  type CarriedUnits,
  type Grant,
} from './grant';

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

export interface DrawnPart {
  /** Units that buckets cover. */
  covered: number;
  /** Units behind a fair-use threshold: free, at lower speed. */
  throttled: number;
  /** Units that a used up allowance refuses: never charged. */
  blocked: number;
  /** Which allowance throttles or blocks. */
  limitedBy: string | null;
  /** The limit for these zones that kept an allowance with units left from covering more. */
  beyond: { bucket: string; limit: ZoneLimit } | null;
  /** Some allowance covers this usage, with or without units left: the order of records matters. */
  isCovered: boolean;
}

export const nothingDrawn: Readonly<DrawnPart> = {
  covered: 0,
  throttled: 0,
  blocked: 0,
  limitedBy: null,
  beyond: null,
  isCovered: false,
};

/** Shared by all draws that took nothing; replaced, never written. */
const none: never[] = [];

export const startDraw = (): Draw => ({ used: none, counters: none, sizes: none });

/** Where the usage happened or went. */
const isIn = (zones: readonly string[], { zone, servingZone }: UsageFacts): boolean =>
  zones.includes(zone) || zones.includes(servingZone);

/** Allowances of a plan that cover where the usage happened or went. */
export const covers = (allowance: Allowance, usage: UsageFacts): boolean =>
  allowance.usageType === usage.usageType &&
  isIn(allowance.zones, usage) &&
  (allowance.when === undefined || fits(allowance.when, usage));

/** Usage of a closed period comes to the next one and draws on what that has from its first instant on. */
const instantOfUse = ({ record, period }: GuidedUsage): Instant =>
  record.startAt < period.fromAt ? period.fromAt : record.startAt;

/**
 * Draws the wanted units of one part of a record on the buckets that its subscription has then, in their order of use.
 * The draw collects what a record's parts take; the state itself is not changed.
 */
export function drawAllowances(
  guided: GuidedUsage,
  usage: UsageFacts,
  wanted: number,
  state: BucketState,
  draw: Draw,
): DrawnPart {
  if (isUnpaid(guided)) return nothingDrawn;
  const at = instantOfUse(guided);
  let part: DrawnPart | null = null;
  let limit: Grant | null = null;
  for (const grant of grantsIn(guided.entitlement, guided.period)) {
    if (!covers(grant.allowance, usage) || !usableAt(grant, at)) continue;
    part ??= { ...nothingDrawn, isCovered: true };
    if (grant.allowance.limits !== undefined) {
      if (drawLimited(grant, guided.subscriptionId, usage, wanted, { state, draw, part })) continue;
    } else if (part.covered < wanted)
      part.covered += drawGrant(grant, guided.subscriptionId, wanted - part.covered, Infinity, state, draw);
    if (limit === null && grant.allowance.whenUsedUp !== undefined) limit = grant;
  }
  if (part === null) return nothingDrawn;
  const rest = wanted - part.covered;
  if (rest > 0 && limit !== null) limitRest(limit, rest, part, draw);
  return part;
}

/** An allowance with limits for zones. True where one of them holds back units: what is left is not for this usage. */
function drawLimited(
  grant: Grant,
  subscriptionId: string,
  usage: UsageFacts,
  wanted: number,
  { state, draw, part }: { state: BucketState; draw: Draw; part: DrawnPart },
): boolean {
  const { bucket, allowance, isPooled } = grant;
  const own = isPooled ? memberCounter(bucket, subscriptionId) : bucket;
  const limits = (allowance.limits ?? [])
    .filter(({ zones }) => isIn(zones, usage))
    .map((limit) => {
      const counter = limitCounter(own, limit);
      return { limit, counter, left: limit.units - standOf(counter, state, draw) };
    });
  const room = limits.reduce((least, { left }) => Math.min(least, left), Infinity);
  const open = wanted - part.covered;
  const steps = draw.used.reduce((sum, { units }) => sum + units, 0);
  if (open > 0) part.covered += drawGrant(grant, subscriptionId, open, room, state, draw);
  const taken = draw.used.reduce((sum, { units }) => sum + units, 0) - steps;
  if (taken > 0) for (const { counter } of limits) countUse(draw, counter, taken);
  const reached = limits.find(({ left }) => left - taken < (allowance.step ?? 1));
  if (reached && part.covered < wanted) part.beyond ??= { bucket, limit: reached.limit };
  return reached !== undefined;
}

function limitRest({ bucket, allowance }: Grant, rest: number, part: DrawnPart, draw: Draw): void {
  if (allowance.whenUsedUp === 'charge') return;
  part.limitedBy = bucket;
  if (allowance.whenUsedUp === 'block') {
    part.blocked = rest;
    return;
  }
  part.throttled = rest;
  countUse(draw, throttledCounter(bucket), rest);
}

/** A grant's own bucket and what was carried over to it, in the order that its rollover says. Gives what they cover. */
function drawGrant(
  grant: Grant,
  subscriptionId: string,
  wanted: number,
  room: number,
  state: BucketState,
  draw: Draw,
): number {
  const { bucket, allowance, isPooled } = grant;
  const carried = state.carried?.get(bucket);
  const drawing = { step: allowance.step ?? 1, member: isPooled ? subscriptionId : null, draw };
  let open = Math.min(room, roomOfMember(grant, carried, subscriptionId, state, draw));
  if (carried === undefined) {
    open = Math.min(open, grant.units - standOf(bucket, state, draw));
    return Math.min(drawBucket(drawing, { bucket, size: grant.units, open }, wanted), wanted);
  }
  let covered = 0;
  const take = (from: string, size: number): void => {
    if (covered >= wanted) return;
    const left = size - standOf(from, state, draw);
    const taken = drawBucket(drawing, { bucket: from, size, open: Math.min(open, left) }, wanted - covered);
    covered += Math.min(taken, wanted - covered);
    open -= taken;
  };
  const first = allowance.rollover?.use !== 'last';
  if (!first) take(bucket, grant.units);
  for (const each of carried) take(each.bucket, each.units);
  if (first) take(bucket, grant.units);
  return covered;
}

interface Drawing {
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
function drawBucket(
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

function roomOfMember(
  { bucket, allowance: { memberCap }, isPooled }: Grant,
  carried: readonly CarriedUnits[] | undefined,
  subscriptionId: string,
  state: BucketState,
  draw: Draw,
): number {
  if (!isPooled || memberCap === undefined) return Infinity;
  let used = standOf(memberCounter(bucket, subscriptionId), state, draw);
  for (const each of carried ?? []) used += standOf(memberCounter(each.bucket, subscriptionId), state, draw);
  return memberCap - used;
}

function standOf(counter: string, { buckets }: BucketState, { counters }: Draw): number {
  let used = buckets.get(counter) ?? 0;
  for (const each of counters) if (each.bucket === counter) used += each.units;
  return used;
}

function countUse(draw: Draw, counter: string, units: number): void {
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

/** As an explanation tells it. */
export const limitOf = ({
  limitedBy,
  throttled,
  blocked,
  beyond,
}: DrawnPart): Pick<ExplainedPart, 'limited' | 'beyondLimit'> => ({
  ...(limitedBy === null ? {} : { limited: { by: limitedBy, throttled, blocked } }),
  ...(beyond === null
    ? {}
    : { beyondLimit: { of: beyond.bucket, zones: beyond.limit.zones, units: beyond.limit.units } }),
});
