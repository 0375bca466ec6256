import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { CollectionOutcome } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { AgencyClaim } from '../domain/dunning/agency-claims';
import type { PaymentPlan } from '../domain/dunning/instalments';
import type { FeeCharged } from '../domain/dunning/late-fees';
import type { PromiseMade } from '../domain/dunning/promises';

export const holdKinds = ['hardship', 'legal', 'dispute', 'other'] as const;

/** Of one invoice; nothing is done for this part while it is open. */
export interface DebtDispute {
  disputeId: string;
  invoiceId: string;
  amountMinor: number;
  reason: string;
  openedAt: Instant;
  closedAt: Instant | null;
  outcome: 'upheld' | 'rejected' | null;
}

/** A message that announces a bar, and what is known of its delivery. */
interface BarNotice {
  key: string;
  requestedAt: Instant;
  state: string | null;
  deliveredAt: Instant | null;
  /** When delivery was last asked for. */
  askedAt: Instant | null;
}

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
  hold: { reason: string; until: Instant | null; kind?: (typeof holdKinds)[number] } | null;
  promise: { amountMinor: number; until: Instant } | null;
  writtenOff: boolean;
  restricted: boolean;
  /** Service was touched at some time: its return is told. */
  wasRestricted: boolean;
  currency: string;
  openedOn: LocalDate;
  openedAt: Instant;
  closedAt: Instant | null;
  /** When its process first looked; left out: it never did, or before this was kept. */
  begunAt?: Instant;
  /** Below it nothing is chased; left out: 0, as for a case that a person opened. */
  minimumMinor?: number;
  /** All of the case; the open one is `promise` too. Left out: none. */
  promises?: PromiseMade[];
  plan?: PaymentPlan | null;
  disputes?: DebtDispute[];
  fees?: FeeCharged[];
  notices?: BarNotice[];
  /** The file in which an agency was told of it. */
  handOverFileId?: string;
  /** What the agency was told last; left out: not kept, all of it is told with the next change. */
  toldAgency?: AgencyClaim[];
  /** Counts what has changed since; left out: nothing. */
  agencyNews?: number;
  /** Of a debt that was handed over: it was taken back, or nothing of it is owed any more. Left out: the agency has it. */
  endedAtAgency?: { how: 'takenBack' | 'settled'; at: Instant };
  /** The file in which the agency was told of that. */
  recallFileId?: string;
}

const text = { type: String, required: true };
const amount = { type: BigInt, required: true };
const promiseMade = rowSchema({
  amountMinor: amount,
  until: text,
  madeAt: text,
  owedMinor: amount,
  invoiceIds: { type: [String], default: undefined },
  state: text,
});
const plan = rowSchema({
  planId: text,
  invoiceIds: { type: [String], required: true },
  totalMinor: amount,
  instalments: { type: [rowSchema({ no: amount, dueOn: text, amountMinor: amount })], required: true },
  autoCharge: { type: Boolean, required: true },
  graceDays: amount,
  restoreService: { type: Boolean, required: true },
  state: text,
  agreedAt: text,
  endedAt: String,
});
const dispute = rowSchema({
  disputeId: text,
  invoiceId: text,
  amountMinor: amount,
  reason: text,
  openedAt: text,
  closedAt: String,
  outcome: String,
});
const fee = rowSchema({
  levelId: text,
  key: text,
  invoiceId: text,
  what: text,
  minor: amount,
  to: String,
  posted: { type: Boolean, required: true },
});
const claim = rowSchema({ invoiceId: text, openMinor: amount, disputedMinor: amount });
const notice = rowSchema({
  key: text,
  requestedAt: text,
  state: String,
  deliveredAt: String,
  askedAt: String,
});

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
    hold: { type: rowSchema({ reason: { type: String, required: true }, until: String, kind: String }) },
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
    begunAt: String,
    minimumMinor: BigInt,
    promises: { type: [promiseMade], default: undefined },
    plan,
    disputes: { type: [dispute], default: undefined },
    fees: { type: [fee], default: undefined },
    notices: { type: [notice], default: undefined },
    handOverFileId: String,
    toldAgency: { type: [claim], default: undefined },
    agencyNews: BigInt,
    endedAtAgency: { type: rowSchema({ how: text, at: text }), default: undefined },
    recallFileId: String,
  }),
  [
    { keys: { accountId: 1 }, unique: true, partial: { state: 'open' } },
    { keys: { accountId: 1, openedAt: -1 } },
    { keys: { state: 1, _id: 1 } },
    { keys: { outcome: 1, _id: 1 }, partial: { outcome: 'handedOver' } },
  ],
);
