import { parseRate, type Micro } from '@tollkeeper/money';
import { type BucketState, type BucketUse, type Draw, keepDraw, startDraw } from '../buckets/draw';
import { drawAllowances, nothingDrawn } from '../buckets/draw-allowances';
import { drawMoney } from '../buckets/draw-money';
import { isFree } from '../deck/free-usage';
import type { GuidedUsage } from '../guiding/guide-usage';
import { type Exact, exactOf, zero } from '../prices/exact';
import { billedUpTo } from '../prices/increments';
import type { SuspenseReason, UsageRecord } from '../record/usage-record';
import { addedUnits, isTooMany } from './aggregate';
import { type CallCost, exactCost, plainCost, type KnownSums } from './cost-of-call';
import { cutCall } from './cut-call';
import { explain, explainFree, freeZone } from './explain';
import type { Explanation } from './explanation';
import { emptyPart, findPrice, type PricedPart } from './price-for';
import {
  eventsKeyOf,
  nothing,
  type RunningSum,
  sessionKeyOf,
  sessionOf,
  spentKeyOf,
  sumKeyOf,
} from './running-sums';

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

const wholeCall: CallBefore = { sessionKey: null, session: nothing, ahead: 0, billed: 0 };

function callBefore(guided: GuidedUsage, state: GroupState): CallBefore {
  const { record } = guided;
  const sessionKey = sessionOf(record) === '' ? null : sessionKeyOf(guided);
  const session = (sessionKey === null ? undefined : state.sums.get(sessionKey)) ?? nothing;
  const usedBefore = record.usedBefore ?? 0;
  const ahead = session.reported > usedBefore ? session.reported : usedBefore;
  if (ahead === 0) return sessionKey === null ? wholeCall : { ...wholeCall, sessionKey };
  return { sessionKey, session, ahead, billed: session.billed ?? record.billedBefore ?? null };
}

/** Prices one record and moves the group's state. Increments first, then allowances by priority, the rest is priced, included money pays. */
export function rateRecord(guided: GuidedUsage, state: GroupState): RatingOutcome {
  const { record } = guided;
  if (isFree(guided.deck, record)) return { rated: freeUsage(guided) };

  const call = callBefore(guided, state);
  const draw = startDraw();
  const parts = partsOf(guided, call, state, draw);
  if (parts === null) return { suspended: 'noRate' };
  if (record.quantity < 0 || parts[0]!.price.aggregation !== 'sum') {
    const suspended = refusedBySum(parts, state);
    if (suspended !== null) return { suspended };
  }
  const isConnected = (record.usedBefore ?? 0) > 0 || call.session.charged > 0;
  let cost = parts.length === 1 ? plainCost(parts[0]!, state.sums, record.quantity, isConnected) : null;
  if (cost === null) {
    const money = moneyOf(record, parts);
    if (money === null) return { suspended: 'noAmount' };
    const spentKey = call.sessionKey === null ? null : spentKeyOf(call.sessionKey);
    const context = { sums: state.sums, reported: record.quantity, isConnected, spentKey, money };
    cost = exactCost(parts, { ...context, spentBefore: spentBefore(call, spentKey, state) });
  }
  if (cost === null) return { suspended: 'amountTooLarge' };
  const paid = guided.entitlement.hasMoney ? drawMoney(guided, parts, cost.amountMicro, state, draw) : null;
  if (guided.cycle === null && cost.amountMicro > (paid ?? 0)) return { suspended: 'notPaidFor' };
  const explanation = explain(guided, parts, cost, draw, state.sums);
  keepDraw(state, draw);
  if (cost.sum !== null) state.sums.set(parts[0]!.key!, cost.sum);
  else if (cost.sums !== null) keepSums(call, record, parts, cost.sums, state);
  for (const { remember } of parts) if (remember !== null) state.sums.set(...remember);
  return { rated: ratedBy(parts, cost, paid, explanation) };
}

/** What the call has cost so far: a limit holds for all its records together. */
function spentBefore({ session }: CallBefore, spentKey: string | null, { sums }: GroupState): Exact {
  const spent = session.exact ?? (spentKey === null ? undefined : sums.get(spentKey)?.exact);
  return spent === undefined ? zero : exactOf(spent);
}

/** Nothing keeps a part behind its record: records of one part, nearly all, take turns with this one. */
const onlyPart = [emptyPart()];

/** The call stretch by stretch: the increments that start in it, what allowances cover of them, what is charged. */
function partsOf(guided: GuidedUsage, call: CallBefore, state: GroupState, draw: Draw): PricedPart[] | null {
  const { deck, record } = guided;
  if (deck.calendar === null) {
    if (!findPrice(onlyPart[0]!, guided, deck, '')) return null;
    fill(onlyPart[0]!, guided, call, call.billed, call.ahead + record.quantity, state, draw);
    return onlyPart;
  }
  const parts: PricedPart[] = [];
  let { billed } = call;
  for (const { deck: inForce, band, until } of cutCall(guided, call.ahead)) {
    if (billed !== null && parts.length > 0 && billed >= until) continue;
    // a period's quantity has no bands: the first part has the whole record
    if (parts.length > 0 && parts[0]!.price.aggregation !== 'sum') return parts;
    const part = emptyPart();
    if (!findPrice(part, guided, inForce, band)) return null;
    const usedBefore = draw.used.map((use) => ({ ...use }));
    fill(part, guided, call, billed, until, state, draw);
    part.used = usedSince(usedBefore, draw.used);
    billed = part.toUnits;
    parts.push(part);
  }
  return parts;
}

/** Increments from where the call is billed up to, the allowances' share of them, and where the rest is rounded. */
function fill(
  part: PricedPart,
  guided: GuidedUsage,
  { ahead }: CallBefore,
  billed: number | null,
  until: number,
  state: GroupState,
  draw: Draw,
): void {
  const { price } = part;
  part.remember = null;
  part.key = price.roundAt === 'record' ? null : sumKeyOf(guided, price);
  part.isSession = part.key !== null && price.roundAt === 'session';
  part.eventsKey = price.charge.counts === 'events' ? eventsKeyOf(guided, price) : null;
  if (price.aggregation !== 'sum' || guided.record.quantity < 0) return fillBySum(part, guided, state, draw);
  part.fromUnits = billed ?? billedUpTo(price.slots, 0, ahead);
  part.toUnits = billedUpTo(price.slots, part.fromUnits, until);
  const units = part.toUnits - part.fromUnits;
  const drawn = drawAllowances(guided, part, units, state, draw);
  part.drawn = drawn;
  part.used = draw.used;
  part.included = drawn.covered + drawn.throttled + drawn.blocked;
  part.charged = units - part.included;
}

/** Units that the period's quantity grows by, or falls: neither increments nor allowances of units know them. */
function fillBySum(part: PricedPart, guided: GuidedUsage, state: GroupState, draw: Draw): void {
  const { units, remember } = addedUnits(guided, part.price, part.key ?? '', state.sums);
  [part.fromUnits, part.toUnits, part.included, part.charged] = [0, units, 0, units];
  part.drawn = nothingDrawn;
  part.used = draw.used;
  part.remember = remember;
}

function refusedBySum(parts: readonly PricedPart[], { sums }: GroupState): SuspenseReason | null {
  if (!parts.every(takesBack)) return 'noSum';
  return parts.some((part) => isTooMany(part, sums)) ? 'amountTooLarge' : null;
}

/** A quantity below zero corrects a sum: a price that sums nothing has nothing to take it from. */
const takesBack = ({ price: { charge }, key, isSession }: PricedPart): boolean =>
  charge.counts === 'sum' && key !== null && !isSession;

/** What this part drew of what the record drew until now. */
const usedSince = (before: readonly BucketUse[], used: readonly BucketUse[]): readonly BucketUse[] =>
  used.flatMap((use) => {
    const since = use.units - (before.find(({ bucket }) => bucket === use.bucket)?.units ?? 0);
    return since === 0 ? [] : [{ ...use, units: since }];
  });

/** The money that the record carries, for prices that ask for it; `null` where it is missing. */
function moneyOf({ amount }: UsageRecord, parts: readonly PricedPart[]): bigint | null {
  let money: bigint | null = 0n;
  for (const { price, charged } of parts) {
    if (price.charge.counts !== 'events' || charged === 0) continue;
    if (amount !== undefined) money = parseRate(amount);
    else if (price.model !== 'flat') return null;
  }
  return money;
}

function keepSums(
  { sessionKey, ahead }: CallBefore,
  { quantity }: UsageRecord,
  parts: readonly PricedPart[],
  sums: KnownSums,
  state: GroupState,
): void {
  for (const [key, sum] of sums)
    state.sums.set(
      key,
      key === sessionKey ? { ...sum, reported: ahead + quantity, billed: parts.at(-1)!.toUnits } : sum,
    );
}

function ratedBy(
  parts: readonly PricedPart[],
  { amountMicro, sums }: CallCost,
  paid: Micro | null,
  explanation: Explanation,
): RatedUsage {
  const first = parts[0]!;
  let billedQuantity = 0;
  let includedQuantity = 0;
  let orderMatters = paid !== null || (sums !== null && sums.size > 0);
  for (const part of parts) {
    billedQuantity += part.toUnits - part.fromUnits;
    includedQuantity += part.included;
    if (part.drawn.isCovered || part.key !== null || part.eventsKey !== null) orderMatters = true;
  }
  return {
    zone: first.zone,
    description: first.entry?.description ?? first.rule?.name ?? first.zone,
    billedQuantity,
    includedQuantity,
    amountMicro: amountMicro - (paid ?? 0),
    orderMatters,
    explanation,
  };
}

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
