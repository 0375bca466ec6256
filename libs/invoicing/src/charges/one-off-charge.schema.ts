import type { Instant, LocalDate } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { PlacedCharge } from '../domain/one-off-charges';

/** A draft changes nothing here: only a final bill makes it `billed`. */
export type OneOffChargeState = 'placed' | 'billed' | 'cancelled';

export interface OneOffChargeRow extends PlacedCharge {
  _id: string;
  currency: string;
  state: OneOffChargeState;
  /** The final bill and its cut-off. */
  billedBy: { invoiceId: string; periodTo: LocalDate } | null;
  placedAt: Instant;
  cancelledAt: Instant | null;
}

const text = { type: String, required: true };

export const OneOffCharges = defineCollection<OneOffChargeRow>(
  'oneOffCharges',
  rowSchema({
    _id: text,
    placedChargeId: text,
    accountId: text,
    subscriptionId: String,
    offeringId: String,
    offeringVersion: Number,
    chargeId: String,
    description: text,
    amountMinor: { type: BigInt, required: true },
    currency: text,
    taxCode: text,
    revenueCategory: text,
    on: text,
    reason: text,
    state: text,
    billedBy: rowSchema({ invoiceId: text, periodTo: text }),
    placedAt: text,
    cancelledAt: String,
  }),
  [{ keys: { accountId: 1, state: 1, on: 1 } }, { keys: { placedAt: -1, _id: -1 } }],
);
