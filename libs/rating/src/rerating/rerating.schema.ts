import type { Instant } from '@tollkeeper/calendar';
import type { ReratingCounts } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Whose usage is looked at. All that is named must fit; lists are of `or`. */
export interface ReratingScope {
  accountIds?: string[];
  subscriptionIds?: string[];
  offeringId?: string;
  importId?: string;
}

/** A request to rate again and how far it has come. */
export interface ReratingRow {
  _id: string;
  scope: ReratingScope;
  /** Payers of what is named, where that is known; `null`: everybody. */
  payerIds: string[] | null;
  /** Starts of the usage; half-open. */
  from: Instant;
  to: Instant;
  reason: string;
  /** Shows what would change; nothing is posted. */
  dryRun: boolean;
  state: 'running' | 'completed' | 'failed';
  cause: string | null;
  requestedAt: Instant;
  requestedBy: string;
  /** Charging period behind us; moves in the transaction of its corrections. */
  after: string;
  counts: ReratingCounts;
}

/** Of one request, what changes for a plan or a subscription. */
export interface ReratingSumRow {
  _id: string;
  reratingId: string;
  kind: 'plan' | 'subscription';
  id: string;
  records: number;
  changed: number;
  beforeMicro: number;
  afterMicro: number;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const Reratings = defineCollection<ReratingRow>(
  'reratings',
  rowSchema({
    _id: text,
    scope: { type: Object, required: true },
    payerIds: { type: [String], default: undefined },
    from: text,
    to: text,
    reason: text,
    dryRun: { type: Boolean, required: true },
    state: text,
    cause: String,
    requestedAt: text,
    requestedBy: text,
    after: text,
    counts: rowSchema({
      periods: long,
      records: long,
      changed: long,
      unratable: long,
      beforeMicro: long,
      afterMicro: long,
      correctedMicro: long,
    } satisfies Record<keyof ReratingCounts, unknown>),
  }),
  [{ keys: { requestedAt: -1, _id: -1 } }],
);

export const ReratingSums = defineCollection<ReratingSumRow>(
  'reratingSums',
  rowSchema({
    _id: text,
    reratingId: text,
    kind: text,
    id: text,
    records: long,
    changed: long,
    beforeMicro: long,
    afterMicro: long,
  }),
  [{ keys: { reratingId: 1, kind: 1, id: 1 } }],
);
