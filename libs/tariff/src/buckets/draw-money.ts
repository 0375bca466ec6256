import type { Micro } from '@tollkeeper/money';
import { fits, type UsageFacts } from '../deck/match-usage';
import { type GuidedUsage, isUnpaid } from '../guiding/guide-usage';
import type { PricedPart } from '../rating/price-for';
import { type BucketState, countUse, type Draw, giveBack, standOf } from './draw';
import { type DrawnPart, drawLimited, instantOfUse, isIn, nothingDrawn } from './draw-allowances';
import { grantsIn } from './entitlement';
import { type Grant, limitCounter, memberCounter, sumCounter, unpaidCounter, usableAt } from './grant';

/**
 * What included money pays of a record's price; negative where a price that fell gives some back, `null` where no bucket
 * is for such usage. Usage is priced as always, units go first: buckets see the whole amount, connect fee and limits
 * included, and where it happened by the first part of a call that is charged.
 */
export function drawMoney(
  guided: GuidedUsage,
  parts: readonly PricedPart[],
  amountMicro: Micro,
  state: BucketState,
  draw: Draw,
): Micro | null {
  if (amountMicro === 0 || isUnpaid(guided)) return null;
  const part = parts.find(({ charged }) => charged > 0) ?? parts[0]!;
  const purse = grantsIn(guided.entitlement, guided.period).filter(
    ({ allowance, currency }) => allowance.usageType === 'money' && currency === guided.offering.currency,
  );
  if (amountMicro < 0) return 0 - returned(guided, part, purse, -amountMicro, { state, draw });
  const at = instantOfUse(guided);
  const usable = purse.filter((grant) => pays(grant, part) && usableAt(grant, at));
  return usable.length === 0 ? null : taken(guided, part, usable, amountMicro, { state, draw });
}

interface Drawing {
  state: BucketState;
  draw: Draw;
}

const pays = ({ allowance: { zones, when } }: Grant, usage: UsageFacts): boolean =>
  (zones.length === 0 || isIn(zones, usage)) && (when === undefined || fits(when, usage));

function taken(
  { subscriptionId }: GuidedUsage,
  usage: PricedPart,
  usable: readonly Grant[],
  wanted: Micro,
  { state, draw }: Drawing,
): Micro {
  const part: DrawnPart = { ...nothingDrawn };
  const known = draw.used.length;
  for (const grant of usable) drawLimited(grant, subscriptionId, usage, wanted, { state, draw, part });
  for (const use of draw.used.slice(known)) {
    use.usageType = 'money';
    if (mayFall(usage)) countUse(draw, sumCounter(use.bucket, usage.key), use.units);
  }
  if (mayFall(usage) && part.covered < wanted)
    countUse(draw, unpaidCounter(usable[0]!.bucket, usage.key), wanted - part.covered);
  return part.covered;
}

/** What a sum was charged goes first, then what buckets paid of it, the last one first, also those that ended since. */
function returned(
  { subscriptionId }: GuidedUsage,
  usage: PricedPart,
  purse: readonly Grant[],
  due: Micro,
  { state, draw }: Drawing,
): Micro {
  const buckets = [...new Map(purse.map((grant) => [grant.bucket, grant])).values()];
  let open = due;
  for (const { bucket } of buckets) {
    const counter = unpaidCounter(bucket, usage.key);
    const charged = Math.min(open, standOf(counter, state, draw));
    if (charged > 0) countUse(draw, counter, -charged);
    open -= charged;
  }
  const paid = buckets
    .flatMap((grant) => [grant.bucket, ...carriedTo(grant, state)].map((bucket) => ({ grant, bucket })))
    .reverse();
  let back = 0;
  for (const { grant, bucket } of paid) {
    const counter = sumCounter(bucket, usage.key);
    const micro = Math.min(open - back, standOf(counter, state, draw));
    if (micro <= 0) continue;
    back += micro;
    giveBack(draw, bucket, { micro, size: grant.units, member: grant.isPooled ? subscriptionId : null });
    countUse(draw, counter, -micro);
    const own = grant.isPooled ? memberCounter(grant.bucket, subscriptionId) : grant.bucket;
    for (const limit of grant.allowance.limits ?? [])
      if (isIn(limit.zones, usage)) countUse(draw, limitCounter(own, limit), -micro);
  }
  return back;
}

/** Units of an event may be taken back. */
const mayFall = ({ price, key, usageType }: PricedPart): boolean =>
  key !== null && (price.mayFall || usageType === 'event');

const carriedTo = ({ bucket }: Grant, { carried }: BucketState): string[] =>
  (carried?.get(bucket) ?? []).map((each) => each.bucket);
