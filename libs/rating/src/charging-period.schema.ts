import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { RunningSum } from '@tollkeeper/tariff';

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
  buckets: { bucket: string; used: number }[];
  sums: ({ sum: string } & RunningSum)[];
  last: string | null;
  orderDirty: boolean;
  /** Set once a bill-run took the period: later usage goes to the next one. */
  closedBy: string | null;
}

export const chargingPeriodId = (tenantId: string, groupId: string, periodKey: string): string =>
  `${tenantId}/${groupId}/${periodKey}`;

const long = { type: BigInt, required: true };

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
    buckets: [rowSchema({ bucket: { type: String, required: true }, used: long })],
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
    closedBy: String,
  }),
  [{ keys: { groupId: 1, fromAt: 1 } }, { keys: { accountId: 1, toAt: 1 } }, { keys: { closedBy: 1 } }],
);
