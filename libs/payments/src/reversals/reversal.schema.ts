import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { ReversalState } from '../domain/payment-states';

/** A captured payment that its payer or their bank disputes, or has taken back. */
export interface ReversalRow {
  /** `<tenantId>/<gateway>/<the gateway's id of the dispute or return>` */
  _id: string;
  paymentId: string;
  accountId: string;
  invoiceId: string | null;
  gateway: string;
  amountMinor: number;
  currency: string;
  /** As the gateway says: a dispute's reason, a bank's return code. */
  reason: string;
  state: ReversalState;
  /** The gateway has taken the money from us. */
  moneyOut: boolean;
  /** Of money paid in advance: what was not used when it went out; left out: none. */
  unusedMinor?: number;
  /** Until then evidence is taken. */
  respondBy: Instant | null;
  openedAt: Instant;
  closedAt: Instant | null;
}

const text = { type: String, required: true };

export const Reversals = defineCollection<ReversalRow>(
  'reversals',
  rowSchema({
    _id: text,
    paymentId: text,
    accountId: text,
    invoiceId: String,
    gateway: text,
    amountMinor: { type: BigInt, required: true },
    currency: text,
    reason: text,
    state: text,
    moneyOut: { type: Boolean, required: true },
    unusedMinor: BigInt,
    respondBy: String,
    openedAt: text,
    closedAt: String,
  }),
  [{ keys: { paymentId: 1 } }, { keys: { accountId: 1, _id: 1 } }, { keys: { state: 1, _id: 1 } }],
);
