import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A payer asked to load money by card; its attempts say what became of it. */
export interface TopUpRow {
  _id: string;
  accountId: string;
  amountMinor: number;
  currency: string;
  requestedAt: Instant;
}

const text = { type: String, required: true };

export const TopUps = defineCollection<TopUpRow>(
  'topUps',
  rowSchema({
    _id: text,
    accountId: text,
    amountMinor: { type: BigInt, required: true },
    currency: text,
    requestedAt: text,
  }),
  [{ keys: { accountId: 1, _id: 1 } }],
);
