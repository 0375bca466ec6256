import type { Period } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { Explanation, RatedUsage, RatingFigures, SuspenseReason, UsageRecord } from '@tollkeeper/tariff';

/** One usage record in exactly one state; rejected lines and duplicates are no usage and lie in `usageRejects`. */
export interface UsageRow extends UsageRecord {
  _id: string;
  importId: string;
  status: 'rated' | 'inSuspense';
  reason: SuspenseReason | null;
  /** Known once guided; a record that waits for its subscriber has none of these. */
  accountId: string | null;
  subscriptionId: string | null;
  offeringId: string | null;
  offeringVersion: number | null;
  chargingPeriodId: string | null;
  /** The bill's period, which names the invoice; `null` in an unbilled state. */
  billingPeriodId: string | null;
  /** Came after the period that it was used in was billed. Left out: in time. */
  late?: LatePeriod;
  /** Usage of plans paid in advance is on no invoice. */
  unbilled: 'prepaid' | null;
  zone: string | null;
  description: string | null;
  billedQuantity: number;
  includedQuantity: number;
  amountMicro: number;
  explanation: Explanation | null;
  /** The session that it is a rated part of. Left out: it is a record as it came. */
  session?: string;
  /** The record that it is a later part of. Left out: it is a whole, or the first part. */
  partOf?: string;
  /** Rated so many times with another outcome. Left out: once. */
  ratingVersion?: number;
  /** The rating that holds now, where the bill that this row is on was corrected by a later one. */
  rerated?: LaterRating;
}

/** The days of the period that a late record was used in, and where it would have been charged. */
export interface LatePeriod extends Period {
  chargingPeriodId: string;
}

/** The record as it was taken the last time, and what that came to. */
export interface LaterRating extends RatingFigures {
  description: string;
  explanation: Explanation;
  record: UsageRecord;
}

export type RatedColumns = Pick<
  RatedUsage,
  'zone' | 'description' | 'billedQuantity' | 'includedQuantity' | 'amountMicro' | 'explanation'
>;

/** All of a row that rating decides; with it whether the called number was ours, where a price asked for it. */
export type RatingColumns = Omit<
  UsageRow,
  '_id' | 'importId' | 'session' | 'partOf' | 'ratingVersion' | 'rerated' | keyof UsageRecord
> &
  Pick<UsageRow, 'onNet'>;

/** The tenant stands in the key: record ids are the network's, two operators may use the same. */
export const usageKey = (tenantId: string, recordId: string): string => `${tenantId}/${recordId}`;

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

const explainedPart = {
  deck: text,
  prefix: { type: String },
  rate: text,
  perUnits: long,
  increments: text,
  used: [rowSchema({ bucket: text, units: long, usageType: String })],
  limited: rowSchema({ by: text, throttled: long, blocked: long }),
  beyondLimit: rowSchema({ of: text, zones: [String], units: long }),
  chargedQuantity: long,
  aggregation: String,
  summedBefore: long,
  band: String,
  price: String,
  priceName: String,
  model: String,
  override: String,
  steps: { type: [rowSchema({ units: long, rate: text, perUnits: long })], default: undefined },
  money: String,
  fixed: String,
  bounded: Boolean,
  freeUnits: BigInt,
  fullOnly: Boolean,
};

export const Usages = defineCollection<UsageRow>(
  'usage',
  rowSchema({
    _id: text,
    recordId: text,
    importId: text,
    usageType: text,
    msisdn: text,
    imsi: text,
    otherParty: text,
    startAt: text,
    quantity: long,
    network: text,
    sessionId: text,
    direction: String,
    apn: String,
    slice: String,
    qos: String,
    ratingGroup: String,
    service: String,
    amount: String,
    onNet: Boolean,
    recordSequence: Number,
    final: Boolean,
    durationSeconds: BigInt,
    usedBefore: BigInt,
    billedBefore: BigInt,
    routingNumber: String,
    shortCode: Boolean,
    dialled: String,
    chargingId: String,
    servingMcc: String,
    cell: String,
    withdrawn: Boolean,
    session: String,
    partOf: String,
    ratingVersion: Number,
    rerated: Object,
    status: text,
    reason: String,
    accountId: String,
    subscriptionId: String,
    offeringId: String,
    offeringVersion: Number,
    chargingPeriodId: String,
    billingPeriodId: String,
    late: rowSchema({ from: text, to: text, chargingPeriodId: text }),
    unbilled: String,
    zone: String,
    description: String,
    billedQuantity: long,
    includedQuantity: long,
    amountMicro: long,
    explanation: rowSchema({
      ...explainedPart,
      servingZone: text,
      connectMicro: long,
      roundAt: text,
      rounding: text,
      offering: String,
      decimals: Number,
      limitMicro: BigInt,
      spans: {
        type: [rowSchema({ ...explainedPart, fromUnits: long, toUnits: long, zone: text })],
        default: undefined,
      },
    }),
  }),
  [
    { keys: { subscriptionId: 1, startAt: 1, _id: 1 } },
    { keys: { chargingPeriodId: 1 } },
    { keys: { _id: 1 }, partial: { status: 'inSuspense' } },
    { keys: { session: 1 }, partial: { session: { $type: 'string' } } },
    {
      keys: { 'late.chargingPeriodId': 1 },
      partial: { 'late.chargingPeriodId': { $exists: true } },
    },
    { keys: { billingPeriodId: 1 }, partial: { 'late.chargingPeriodId': { $exists: true } } },
  ],
);
