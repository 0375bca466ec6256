import { parseRate, type Micro } from '@tollkeeper/money';
import {
  drawAllowances,
  keepDraw,
  startDraw,
  type BucketState,
  type BucketUse,
  type Draw,
} from '../buckets/draw-allowances';
import { isFree } from '../deck/free-usage';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CompiledPrice } from '../prices/compile-price';
import { exactOf, zero } from '../prices/exact';
import { billedUpTo } from '../prices/increments';
import type { SuspenseReason, UsageRecord } from '../record/usage-record';
import { costOfCall, type CallCost } from './cost-of-call';
import { cutCall } from './cut-call';
import { explain, explainFree, freeZone } from './explain';
import type { Explanation } from './explanation';
import { priceFor, type FoundPrice, type PricedPart } from './price-for';
import { eventsKeyOf, nothing, type RunningSum, sessionKeyOf, sessionOf, sumKeyOf } from './running-sums';

/** What a group's earlier records of the period leave to the next one. */
export interface GroupState extends BucketState {
  /** Units used, by bucket (and by member of a pool, and throttled). */
  buckets: Map<string, number>;
  /** How large the buckets were that gave something. */
  sizes: Map<string, number>;
  sums: Map<string, RunningSum>;
}

export interface RatedUsage {
  zone: string;
  description: string;
  billedQuantity: number;
  includedQuantity: number;
  amountMicro: Micro;
  /** Whether an earlier record that arrives later would change this one. */
  orderMatters: boolean;
  explanation: Explanation;
}

export type RatingOutcome = { rated: RatedUsage } | { suspended: SuspenseReason };

/** Where a call stands before this record of it. */
interface CallBefore {
  sessionKey: string | null;
  session: RunningSum;
  /** Units of the call's earlier records. */
  ahead: number;
  /** Where the increments that they started end; `null`: by this record's own increments. */
  billed: number | null;
}

function callBefore(guided: GuidedUsage, state: GroupState): CallBefore {
  const { usedBefore = 0, billedBefore } = guided.record;
  const sessionKey = sessionOf(guided.record) === '' ? null : sessionKeyOf(guided);
  const session = (sessionKey === null ? undefined : state.sums.get(sessionKey)) ?? nothing;
  const ahead = session.reported > usedBefore ? session.reported : usedBefore;
  return { sessionKey, session, ahead, billed: session.billed ?? billedBefore ?? null };
}

/** Prices one record and moves the group's state. Increments first, then allowances by priority, the rest is priced. */
export function rateRecord(guided: GuidedUsage, state: GroupState): RatingOutcome {
  const { record, deck } = guided;
  if (isFree(deck, record)) return { rated: freeUsage(guided) };

  const call = callBefore(guided, state);
  const draw = startDraw();
  const parts = partsOf(guided, call, state, draw);
  if (typeof parts === 'string') return { suspended: parts };
  const money = moneyOf(record, parts);
  if (money === null) return { suspended: 'noAmount' };
  const cost = costOfCall(parts, {
    sums: state.sums,
    isConnected: (record.usedBefore ?? 0) > 0 || call.session.charged > 0,
    spentBefore: call.session.exact === undefined ? zero : exactOf(call.session.exact),
    money,
  });
  if (cost === null) return { suspended: 'amountTooLarge' };
  if (guided.cycle === null && cost.amountMicro > 0) return { suspended: 'notPaidFor' };
  const explanation = explain(guided, parts, cost, draw, state.sums);
  keepDraw(state, draw);
  keepSums(guided, call, parts, cost, state);
  return { rated: ratedBy(parts, cost, explanation) };
}

/** The call stretch by stretch: the increments that start in it, what allowances cover of them, what is charged. */
function partsOf(
  guided: GuidedUsage,
  call: CallBefore,
  state: GroupState,
  draw: Draw,
): PricedPart[] | SuspenseReason {
  const parts: PricedPart[] = [];
  let billed = call.billed;
  const stretches = cutCall(guided, call.ahead);
  for (const stretch of stretches) {
    if (billed !== null && parts.length > 0 && billed >= stretch.until) continue;
    const found = priceFor(guided, stretch);
    if (!found) return 'noRate';
    const { price } = found;
    const fromUnits = billed ?? billedUpTo(price.slots, 0, call.ahead);
    billed = billedUpTo(price.slots, fromUnits, stretch.until);
    const usedBefore = stretches.length === 1 ? null : draw.used.map((use) => ({ ...use }));
    const part = withAllowances(guided, found, { fromUnits, toUnits: billed }, state, draw);
    parts.push(usedBefore === null ? part : { ...part, used: usedSince(usedBefore, draw.used) });
  }
  return parts;
}

function withAllowances(
  guided: GuidedUsage,
  found: FoundPrice,
  { fromUnits, toUnits }: Pick<PricedPart, 'fromUnits' | 'toUnits'>,
  state: GroupState,
  draw: Draw,
): PricedPart {
  const billed = toUnits - fromUnits;
  const drawn = drawAllowances(guided, found.facts, billed, state, draw);
  const included = drawn.covered + drawn.throttled + drawn.blocked;
  const key = sumKeyOf(guided, found.price);
  return {
    ...found,
    fromUnits,
    toUnits,
    included,
    charged: billed - included,
    drawn,
    used: draw.used,
    key,
    isSession: key !== null && found.price.roundAt === 'session',
    eventsKey: eventsKeyOf(guided, found.price),
  };
}

/** What this part drew of what the record drew until now. */
const usedSince = (before: readonly BucketUse[], used: readonly BucketUse[]): readonly BucketUse[] =>
  used.flatMap(({ bucket, units }) => {
    const since = units - (before.find((use) => use.bucket === bucket)?.units ?? 0);
    return since === 0 ? [] : [{ bucket, units: since }];
  });

/** The money that the record carries, for prices that ask for it; `null` where it is missing. */
function moneyOf({ amount }: UsageRecord, parts: readonly PricedPart[]): bigint | null {
  if (amount !== undefined)
    return parts.some(({ price }) => price.charge.counts === 'events') ? parseRate(amount) : 0n;
  return parts.some(({ price, charged }) => charged > 0 && asksForMoney(price)) ? null : 0n;
}

const asksForMoney = ({ model }: CompiledPrice): boolean =>
  model === 'percentage' || model === 'graduatedPercentage' || model === 'passThrough';

function keepSums(
  { record }: GuidedUsage,
  { sessionKey, session, ahead }: CallBefore,
  parts: readonly PricedPart[],
  { sums }: CallCost,
  state: GroupState,
): void {
  if (sums === null) return;
  for (const [key, sum] of sums) {
    const reported = key === sessionKey ? ahead + record.quantity : sum.reported + record.quantity;
    state.sums.set(
      key,
      key === sessionKey ? { ...sum, reported, billed: endOf(parts, session) } : { ...sum, reported },
    );
  }
}

const endOf = (parts: readonly PricedPart[], session: RunningSum): number =>
  parts.at(-1)?.toUnits ?? session.billed ?? 0;

function ratedBy(parts: readonly PricedPart[], cost: CallCost, explanation: Explanation): RatedUsage {
  const [first] = parts;
  let [billedQuantity, includedQuantity, orderMatters] = [0, 0, false];
  for (const { toUnits, fromUnits, included, drawn, key, eventsKey } of parts) {
    billedQuantity += toUnits - fromUnits;
    includedQuantity += included;
    orderMatters ||= drawn.isCovered || key !== null || eventsKey !== null;
  }
  return {
    zone: first!.place.zone,
    description: descriptionOf(first!),
    billedQuantity,
    includedQuantity,
    amountMicro: cost.amountMicro,
    orderMatters,
    explanation,
  };
}

const descriptionOf = ({ rule, entry, place }: PricedPart): string =>
  entry?.description ?? rule?.name ?? place.zone;

/** Emergency and other free numbers: kept as usage, priced 0, out of no allowance. */
const freeUsage = (guided: GuidedUsage): RatedUsage => ({
  zone: freeZone,
  description: 'Emergency and free numbers',
  billedQuantity: guided.record.quantity,
  includedQuantity: 0,
  amountMicro: 0,
  orderMatters: false,
  explanation: explainFree(guided),
});
