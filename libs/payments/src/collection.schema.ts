import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { CollectionOutcome } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A case of overdue debt. The process walks the ladder; this row is the lock, and the history that people see. */
export interface CollectionRow {
  _id: string;
  accountId: string;
  policyId: string;
  policyVersion: number;
  state: 'open' | 'closed';
  outcome: CollectionOutcome | null;
  steps: { levelId: string; what: string; at: Instant }[];
  /** Held until then, or until released when `until` is null. */
  hold: { reason: string; until: Instant | null } | null;
  promise: { amountMinor: number; until: Instant } | null;
  writtenOff: boolean;
  restricted: boolean;
  /** Service was touched at some time: its return is told. */
  wasRestricted: boolean;
  currency: string;
  openedOn: LocalDate;
  openedAt: Instant;
  closedAt: Instant | null;
}

export const Collections = defineCollection<CollectionRow>(
  'collections',
  rowSchema({
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    policyId: { type: String, required: true },
    policyVersion: { type: BigInt, required: true },
    state: { type: String, required: true, enum: ['open', 'closed'] },
    outcome: String,
    steps: {
      type: [
        rowSchema({
          levelId: { type: String, required: true },
          what: { type: String, required: true },
          at: { type: String, required: true },
        }),
      ],
      required: true,
    },
    hold: { type: rowSchema({ reason: { type: String, required: true }, until: String }) },
    promise: {
      type: rowSchema({
        amountMinor: { type: BigInt, required: true },
        until: { type: String, required: true },
      }),
    },
    writtenOff: { type: Boolean, required: true },
    restricted: { type: Boolean, required: true },
    wasRestricted: { type: Boolean, required: true },
    currency: { type: String, required: true },
    openedOn: { type: String, required: true },
    openedAt: { type: String, required: true },
    closedAt: String,
  }),
  [
    { keys: { accountId: 1 }, unique: true, partial: { state: 'open' } },
    { keys: { accountId: 1, openedAt: -1 } },
    { keys: { state: 1, _id: 1 } },
  ],
);
