import type { LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { ScheduleChange } from './domain/recognition';
import type { NewRevenueSchedule } from './domain/revenue-schedule';

export interface RevenueScheduleRow extends NewRevenueSchedule {
  /** 1 as written, one more with every change. */
  version: number;
  changes: (ScheduleChange & { cause: string })[];
  /** The last day on which something of it is recognised. */
  lastOn: LocalDate;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };

export const RevenueSchedules = defineCollection<RevenueScheduleRow>(
  'revenueSchedules',
  rowSchema({
    _id: text,
    accountId: text,
    subscriptionId: String,
    invoiceId: String,
    lineNo: Number,
    paymentId: String,
    liability: text,
    revenueCategory: text,
    currency: text,
    totalMinor: long,
    taxes: [rowSchema({ jurisdiction: text, amountMinor: long })],
    from: text,
    to: text,
    bookedOn: text,
    version: count,
    changes: [rowSchema({ on: text, endsOn: String, reversedMinor: long, cause: text })],
    lastOn: text,
  }),
  [
    { keys: { lastOn: 1 } },
    { keys: { accountId: 1, _id: 1 } },
    { keys: { subscriptionId: 1, to: 1 } },
    { keys: { invoiceId: 1 } },
    { keys: { paymentId: 1 } },
  ],
);
