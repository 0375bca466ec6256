import type { PriceOverride } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface StoredOverride {
  _id: string;
  accountId: string;
  /** What it is the price of, for whom: at one instant there is one price of it. */
  target: string;
  from: string;
  /** Far future when open-ended, nothing when called off: so that overlaps are found by one comparison. */
  end: string;
  revision: number;
  /** `canonicalJson` of the fact as it was told last. */
  content: string;
  reason: string;
  createdAt: string;
}

export interface OverrideRow {
  _id: string;
  fact: PriceOverride;
  reason: string;
  createdAt: string;
}

const text = { type: String, required: true };

export const PriceOverrides = defineCollection<StoredOverride>(
  'priceOverrides',
  rowSchema({
    _id: text,
    accountId: text,
    target: text,
    from: text,
    end: text,
    revision: { type: Number, required: true },
    content: text,
    reason: text,
    createdAt: text,
  }),
  [{ keys: { accountId: 1, _id: 1 } }, { keys: { target: 1, from: 1 } }],
);
