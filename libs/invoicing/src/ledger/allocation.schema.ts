import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { PlacedAllocation } from '../domain/ledger/undo-allocation';

/** Money that settles an invoice. Never changed but for `undone`: a counter-posting has opened the invoice again. */
export interface AllocationRow extends PlacedAllocation {
  _id: string;
  at: Instant;
  undone: { at: Instant; by: string; reason: string } | null;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const Allocations = defineCollection<AllocationRow>(
  'allocations',
  rowSchema({
    _id: text,
    allocationId: text,
    source: text,
    paymentId: String,
    invoiceId: text,
    accountId: text,
    currency: text,
    amountMinor: long,
    feesMinor: long,
    at: text,
    undone: rowSchema({ at: text, by: text, reason: text }),
  }),
  [{ keys: { invoiceId: 1 } }, { keys: { paymentId: 1 } }, { keys: { accountId: 1, at: -1, _id: -1 } }],
);
