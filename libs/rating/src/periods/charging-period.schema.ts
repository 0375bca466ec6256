import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { PeriodRest, RunningSum } from '@tollkeeper/tariff';

/** The state of a charging group (a subscription or a pool) in one period: what its allowances have left, and its sums. */
export interface ChargingPeriodRow {
  _id: string;
  groupId: string;
  accountId: string;
  periodKey: string;
  fromAt: Instant;
  toAt: Instant;
  /** Fencing: who writes must have read the version before. */
  version: number;
  /** `size`: how large the bucket was when it last gave something; left out in rows written before. */
  buckets: { bucket: string; used: number; size?: number }[];
  sums: ({ sum: string } & RunningSum)[];
  last: string | null;
  orderDirty: boolean;
  /** What its records cost so far, without tax; left out: nothing. */
  ratedMicro?: number;
  /** Of it data outside the home zone. */
  roamingDataMicro?: number;
  /** Set once a bill-run took the period: later usage goes to the next one. */
  closedBy: string | null;
  /** What the period before left to this one. Left out: nothing. */
  before?: PeriodRest | null;
  /** What this one leaves to the next: set when it is closed. */
  rest?: PeriodRest | null;
}

/** A paid period whose next one was used: no bill-run closes it. */
export const closedByNextPaid = 'nextPaidPeriod';

export const chargingPeriodId = (tenantId: string, groupId: string, periodKey: string): string =>
  `${tenantId}/${groupId}/${periodKey}`;

const long = { type: BigInt, required: true };
const text = { type: String, required: true };

const periodRest = rowSchema({
  carried: [
    rowSchema({
      bucket: text,
      ofBucket: text,
      sourcePeriod: text,
      units: long,
      periodsLeft: { type: Number, required: true },
    }),
  ],
  opening: [rowSchema({ bucket: text, units: long })],
});

export const ChargingPeriods = defineCollection<ChargingPeriodRow>(
  'chargingPeriods',
  rowSchema({
    _id: { type: String, required: true },
    groupId: { type: String, required: true },
    accountId: { type: String, required: true },
    periodKey: { type: String, required: true },
    fromAt: { type: String, required: true },
    toAt: { type: String, required: true },
    version: { type: Number, required: true },
    buckets: [rowSchema({ bucket: { type: String, required: true }, used: long, size: BigInt })],
    sums: [
      rowSchema({
        sum: { type: String, required: true },
        reported: long,
        charged: long,
        billed: BigInt,
        amountMicro: BigInt,
        events: BigInt,
        money: String,
        exact: String,
      }),
    ],
    last: String,
    orderDirty: { type: Boolean, required: true },
    ratedMicro: BigInt,
    roamingDataMicro: BigInt,
    closedBy: String,
    before: periodRest,
    rest: periodRest,
  }),
  [{ keys: { groupId: 1, fromAt: 1 } }, { keys: { accountId: 1, toAt: 1 } }, { keys: { closedBy: 1 } }],
);
