import { localDateOf } from '@tollkeeper/calendar';
import type { Micro } from '@tollkeeper/money';
import { type BucketState, drawAllowances, keepDraw, limitOf, startDraw } from '../buckets/draw-allowances';
import { billedQuantity, entryFor, priceOf, servingZoneOf, type CompiledEntry } from '../deck/compile-deck';
import { isFree } from '../deck/free-usage';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { SuspenseReason, UsageRecord } from '../record/usage-record';
import type { Explanation } from './explanation';

/** Quantities of one price that are summed before they are priced. */
export interface RunningSum {
  reported: number;
  charged: number;
  /** Of a session: units of its started increments, and connect fees that are in the sum; of others left out. */
  billed?: number;
  connects?: number;
  /** Of prices per event: how many, and the money that they carried, at 10^-12. */
  events?: number;
  money?: string;
  /** Of prices whose sum depends on more than the quantity: what it came to so far, an exact integer. */
  exact?: string;
}

/** What a group's earlier records of the period leave to the next one. */
export interface GroupState extends BucketState {
  /** Units used, by bucket (and by member of a pool, and throttled). */
  buckets: Map<string, number>;
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

/** Where a rate that rounds later keeps its sum; `null` when each record is rounded on its own. */
function sumKeyOf(
  { record, subscriptionId, offering, zone }: GuidedUsage,
  entry: CompiledEntry,
): string | null {
  const line = `${subscriptionId}|${offering.offeringId}|${entry.usageType}|${entry.priceKey}`;
  switch (entry.roundAt) {
    case 'record':
      return null;
    case 'session':
      return record.sessionId ? `session|${record.sessionId}|${line}` : null;
    case 'day':
      return `day|${localDateOf(record.startAt, zone)}|${line}`;
    case 'line':
      return `line|${line}`;
  }
}

const nothing: RunningSum = { reported: 0, charged: 0 };

/** Increments belong to the call; a session's partial records and a call's parts are one call, a day's or a line's are not. */
function billedNow(
  entry: CompiledEntry,
  { quantity, usedBefore = 0 }: UsageRecord,
  { reported }: RunningSum,
): number {
  const ahead = entry.roundAt === 'session' ? Math.max(reported, usedBefore) : usedBefore;
  return billedQuantity(entry, ahead + quantity) - billedQuantity(entry, ahead);
}

/** The amounts of a sum's records telescope: together they are the price of the summed quantity, rounded once. */
function addedPrice(entry: CompiledEntry, before: number, charged: number): Micro | null {
  const priceBefore = priceOf(entry, before);
  const priceAfter = priceOf(entry, before + charged);
  return priceBefore === null || priceAfter === null ? null : priceAfter - priceBefore;
}

const connectFee = (
  entry: CompiledEntry,
  { usedBefore = 0 }: UsageRecord,
  charged: number,
  before: RunningSum,
): Micro =>
  charged > 0 && usedBefore === 0 && (entry.roundAt !== 'session' || before.charged === 0)
    ? entry.connectMicro
    : 0;

/** Prices one record and moves the group's state. Increments first, then allowances by priority, the rest is priced. */
export function rateRecord(guided: GuidedUsage, state: GroupState): RatingOutcome {
  const { record, deck } = guided;
  const servingZone = servingZoneOf(deck, record.network);
  if (isFree(deck, record)) return { rated: freeUsage(guided, servingZone ?? '') };
  const entry = servingZone === undefined ? undefined : entryFor(deck, servingZone, record);
  if (!entry) return { suspended: 'noRate' };

  const sumKey = sumKeyOf(guided, entry);
  const before = (sumKey === null ? undefined : state.sums.get(sumKey)) ?? nothing;
  const billed = billedNow(entry, record, before);
  const { usageType, zone, servingZone: entryServingZone } = entry;
  const facts = { record, usageType, zone, servingZone: entryServingZone, band: '' };
  const draw = startDraw();
  const drawn = drawAllowances(guided, facts, billed, state, draw);
  const includedQuantity = drawn.covered + drawn.throttled + drawn.blocked;
  const charged = billed - includedQuantity;
  const price = addedPrice(entry, before.charged, charged);
  const connectMicro = connectFee(entry, record, charged, before);
  const amountMicro = (price ?? 0) + connectMicro;
  if (price === null || !Number.isSafeInteger(amountMicro)) return { suspended: 'amountTooLarge' };
  if (guided.cycle === null && amountMicro > 0) return { suspended: 'notPaidFor' };

  keepDraw(state.buckets, draw);
  if (sumKey !== null) {
    state.sums.set(sumKey, {
      reported: before.reported + record.quantity,
      charged: before.charged + charged,
    });
  }
  const { used } = draw;
  const explanation = {
    ...explain(guided, entry, { used, charged, connectMicro, summedBefore: before.charged }),
    ...limitOf(drawn),
  };
  const { description } = entry;
  const orderMatters = drawn.isCovered || sumKey !== null;
  return {
    rated: {
      zone,
      description,
      billedQuantity: billed,
      includedQuantity,
      amountMicro,
      orderMatters,
      explanation,
    },
  };
}

function explain(
  { deck }: GuidedUsage,
  entry: CompiledEntry,
  {
    used,
    charged,
    connectMicro,
    summedBefore,
  }: { used: Explanation['used']; charged: number; connectMicro: Micro; summedBefore: number },
): Explanation {
  const { prefix, servingZone, rate, perUnits, initialIncrement, nextIncrement, roundAt, rounding } = entry;
  const increments = `${initialIncrement}/${nextIncrement}`;
  return {
    deck: deck.label,
    prefix,
    servingZone,
    rate,
    perUnits,
    increments,
    used,
    chargedQuantity: charged,
    connectMicro,
    roundAt,
    rounding,
    summedBefore,
  };
}

export const freeZone = 'free';

/** Emergency and other free numbers: kept as usage, priced 0, out of no allowance. */
function freeUsage({ deck, record }: GuidedUsage, servingZone: string): RatedUsage {
  return {
    zone: freeZone,
    description: 'Emergency and free numbers',
    billedQuantity: record.quantity,
    includedQuantity: 0,
    amountMicro: 0,
    orderMatters: false,
    explanation: {
      deck: deck.label,
      prefix: record.otherParty,
      servingZone,
      rate: '0',
      perUnits: 1,
      increments: '1/1',
      used: [],
      chargedQuantity: 0,
      connectMicro: 0,
      roundAt: 'record',
      rounding: 'halfUp',
      summedBefore: 0,
    },
  };
}
