import type { Instant } from '@tollkeeper/calendar';
import type { Allowance, UnitExchange, UsageType, ZoneLimit } from '@tollkeeper/contracts';
import { fits, type UsageFacts } from '../deck/match-usage';
import type { ExplainedPart } from '../rating/explanation';
import { isUnpaid, type GuidedUsage } from '../guiding/guide-usage';
import { type BucketState, countUse, type Draw, drawBucket, standOf } from './draw';
import { grantsIn } from './entitlement';
import {
  limitCounter,
  memberCounter,
  throttledCounter,
  usableAt,
  type CarriedUnits,
  type Grant,
} from './grant';

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

/** Where the usage happened or went. */
export const isIn = (zones: readonly string[], { zone, servingZone }: UsageFacts): boolean =>
  zones.includes(zone) || zones.includes(servingZone);

/** At which rate such usage draws on it; `undefined`: unit by unit, if it is of the allowance's kind. */
const exchangeFor = ({ exchange }: Allowance, usageType: UsageType): UnitExchange | undefined =>
  exchange?.find(({ each }) => each.usageType === usageType);

/** Allowances of a plan that cover where the usage happened or went. */
export const covers = (allowance: Allowance, usage: UsageFacts): boolean =>
  (allowance.usageType === usage.usageType || exchangeFor(allowance, usage.usageType) !== undefined) &&
  isIn(allowance.zones, usage) &&
  (allowance.when === undefined || fits(allowance.when, usage));

/** Usage of a closed period comes to the next one and draws on what that has from its first instant on. */
export const instantOfUse = ({ record, period }: GuidedUsage): Instant =>
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
      part.covered += coverBy(grant, guided.subscriptionId, usage, wanted - part.covered, { state, draw });
    if (limit === null && grant.allowance.whenUsedUp !== undefined) limit = grant;
  }
  if (part === null) return nothingDrawn;
  const rest = wanted - part.covered;
  if (rest > 0 && limit !== null) limitRest(limit, rest, part, draw);
  return part;
}

/** An allowance with limits for zones. True where one of them holds back units: what is left is not for this usage. */
export function drawLimited(
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
  if (open > 0) part.covered += coverBy(grant, subscriptionId, usage, open, { state, draw }, room);
  const taken = draw.used.reduce((sum, { units }) => sum + units, 0) - steps;
  if (taken > 0) for (const { counter } of limits) countUse(draw, counter, taken);
  const step = exchangeFor(allowance, usage.usageType)?.takes ?? allowance.step ?? 1;
  const reached = limits.find(({ left }) => left - taken < step);
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

/** Units of the usage that a grant covers, at its rate of exchange where it has one. */
function coverBy(
  grant: Grant,
  subscriptionId: string,
  { usageType }: UsageFacts,
  wanted: number,
  { state, draw }: { state: BucketState; draw: Draw },
  room = Infinity,
): number {
  const { allowance } = grant;
  const exchange = allowance.exchange && exchangeFor(allowance, usageType);
  if (exchange === undefined)
    return drawGrant(grant, subscriptionId, wanted, room, state, draw, allowance.step ?? 1);
  const { each, takes } = exchange;
  const known = draw.used.length;
  const taken = drawGrant(
    grant,
    subscriptionId,
    Math.ceil(wanted / each.units) * takes,
    room,
    state,
    draw,
    takes,
  );
  if (usageType !== allowance.usageType)
    for (const use of draw.used.slice(known)) use.usageType = allowance.usageType;
  return Math.min((taken / takes) * each.units, wanted);
}

/** A grant's own bucket and what was carried over to it, in the order that its rollover says. Gives what they cover. */
function drawGrant(
  grant: Grant,
  subscriptionId: string,
  wanted: number,
  room: number,
  state: BucketState,
  draw: Draw,
  step: number,
): number {
  const { bucket, allowance, isPooled } = grant;
  const carried = state.carried?.get(bucket);
  const drawing = { step, member: isPooled ? subscriptionId : null, draw };
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
