import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { BillLimits } from '../domain/carry-forward';

interface BillLimitsRow extends BillLimits {
  _id: string;
}

const text = { type: String, required: true };

export const BillLimitSettings = defineCollection<BillLimitsRow>(
  'billLimits',
  rowSchema({
    _id: text,
    minimumBills: [rowSchema({ currency: text, amountMinor: { type: BigInt, required: true } })],
    carryAtMost: { type: Number, required: true },
    zeroBills: text,
  }),
  [],
);
