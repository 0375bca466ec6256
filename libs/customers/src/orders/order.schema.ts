import type { IdentifierKind, OrderKind, OrderState, OrderStepFacts } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** What an order asks for, by its kind; what a kind does not need is left out. */
export interface OrderWanted {
  offeringId?: string;
  /** The plan or add-on that the change follows. */
  fromOfferingId?: string;
  action?: 'add' | 'remove';
  identifiers?: { kind: IdentifierKind; value: string }[];
  externalId?: string;
  poolId?: string;
  toAccountId?: string;
  /** Of a termination. Absent: the contract ends as agreed. */
  because?: 'withdrawal';
  /** To whom a number leaves. */
  recipient?: string;
}

export interface OrderStepRow extends OrderStepFacts {
  /** When it came into its state; null while it is pending. */
  at: string | null;
  /** What was ordered from the network and not answered yet. */
  networkKeys: string[];
}

/** A ProductOrder: one change in the life of a subscription, who wanted it, and how far it is. */
export interface OrderRow {
  _id: string;
  kind: OrderKind;
  state: OrderState;
  /** Not ended: a subscription has one open order of a kind. */
  open: boolean;
  direction: 'forward' | 'back';
  endsAs: 'completed' | 'failed' | 'cancelled';
  accountId: string;
  subscriptionId: string;
  wanted: OrderWanted;
  placedAt: string;
  effectiveAt: string;
  by: string;
  reason: string | null;
  steps: OrderStepRow[];
  held: { step: string; code: string; reason: string; since: string } | null;
  /** What the first charge pays; each attempt pays a period that begins with it. */
  charge: { attempt: number; from: string; to: string } | null;
  endedAt: string | null;
}

const text = { type: String, required: true };
const count = { type: Number, required: true };

export const Orders = defineCollection<OrderRow>(
  'orders',
  rowSchema({
    _id: text,
    kind: text,
    state: text,
    open: { type: Boolean, required: true },
    direction: text,
    endsAs: text,
    accountId: text,
    subscriptionId: text,
    wanted: { type: Object, required: true },
    placedAt: text,
    effectiveAt: text,
    by: text,
    reason: String,
    steps: [
      rowSchema({
        step: text,
        phase: text,
        final: { type: Boolean, required: true },
        state: text,
        attempt: count,
        error: String,
        waitsUntil: String,
        at: String,
        networkKeys: [String],
      }),
    ],
    held: rowSchema({ step: text, code: text, reason: text, since: text }),
    charge: rowSchema({ attempt: count, from: text, to: text }),
    endedAt: String,
  }),
  [
    { keys: { accountId: 1, _id: -1 } },
    { keys: { subscriptionId: 1, kind: 1 }, unique: true, partial: { open: true } },
    { keys: { state: 1, _id: -1 } },
  ],
);
