import type { Cycle, Instant, LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { AnomalyGate } from '../domain/find-anomalies';

export interface CycleRow extends Omit<Cycle, 'anchorMonth' | 'count' | 'originOn'> {
  _id: string;
  name: string;
  anchorMonth: number | null;
  /** Absent or `null`, in rows from before too: 1. */
  count?: number | null;
  originOn?: LocalDate | null;
  approval: 'required' | 'automatic';
  startsOn: LocalDate;
  lateUsageDays: number;
  /** How long usage is awaited after the cut-off. */
  collectHours: number;
  anomalyGate: AnomalyGate;
  paused: boolean;
  createdAt: Instant;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

export const Cycles = defineCollection<CycleRow>(
  'cycles',
  rowSchema({
    _id: text,
    name: text,
    frequency: text,
    anchorDay: count,
    anchorMonth: Number,
    count: Number,
    originOn: String,
    zone: text,
    approval: text,
    startsOn: text,
    lateUsageDays: count,
    collectHours: count,
    anomalyGate: {
      type: rowSchema({
        medianChangePercent: Number,
        zeroBillsPercent: Number,
        failedAccountsPercent: Number,
        totalAboveMinor: BigInt,
      }),
      required: true,
    },
    paused: { type: Boolean, required: true },
    createdAt: text,
  }),
  [{ keys: { name: 1 }, unique: true }],
);
