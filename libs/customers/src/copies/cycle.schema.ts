import type { Cycle } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface CycleRow {
  _id: string;
  cycleId: string;
  cycle: Cycle;
}

/** Billing cycles as invoicing told of them. */
export const CycleDefinitions = defineCollection<CycleRow>(
  'cycleDefinitions',
  rowSchema({
    _id: { type: String, required: true },
    cycleId: { type: String, required: true },
    cycle: { type: Object, required: true },
  }),
  [],
);
