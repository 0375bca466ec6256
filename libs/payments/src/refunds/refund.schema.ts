import type { Instant } from '@tollkeeper/calendar';
import type { RefundFact } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { RefundState } from '../domain/refunds/refund-states';

/** Money on its way back to a payer, to one payment's card, to the top-up balance or by bank. */
export interface RefundRow {
  _id: string;
  /** All refunds of one request share it. */
  requestKey: string;
  /** `<requestKey>/<n>`; the gateway's idempotency key and reference. */
  key: string;
  accountId: string;
  of: RefundFact['of'];
  /** The payment that goes back in part or whole; `null` by bank. */
  paymentId: string | null;
  /** The gateway's name for that payment. */
  chargeId: string | null;
  renewal: NonNullable<RefundFact['renewal']> | null;
  amountMinor: number;
  currency: string;
  /** The gateway, `bank`, or `topUp`: back to the balance that it was paid from. */
  gateway: string;
  state: RefundState;
  /** Why, as the person who asked said. */
  reason: string | null;
  gatewayId: string | null;
  /** Why the outcome is unknown, or why it has to be paid by bank. */
  cause: string | null;
  /** Of the bank transfer, once paid out. */
  reference: string | null;
  requestedAt: Instant;
  decidedAt: Instant | null;
  lookUps: number;
  nextLookUpAt: Instant | null;
  /** Real time at which the gateway may last have been asked to book it. */
  sentAt: Date;
}

const text = { type: String, required: true };
const whole = { type: BigInt, required: true };

export const Refunds = defineCollection<RefundRow>(
  'refunds',
  rowSchema({
    _id: text,
    requestKey: text,
    key: text,
    accountId: text,
    of: { ...text, enum: ['credit', 'renewal', 'topUp', 'deposit'] },
    paymentId: String,
    chargeId: String,
    renewal: Object,
    amountMinor: whole,
    currency: text,
    gateway: text,
    state: text,
    reason: String,
    gatewayId: String,
    cause: String,
    reference: String,
    requestedAt: text,
    decidedAt: String,
    lookUps: whole,
    nextLookUpAt: String,
    sentAt: { type: Date, required: true },
  }),
  [
    { keys: { key: 1 }, unique: true },
    { keys: { requestKey: 1 } },
    { keys: { accountId: 1, requestedAt: -1, _id: -1 } },
    { keys: { state: 1, requestedAt: -1, _id: -1 } },
    { keys: { requestedAt: -1, _id: -1 } },
    { keys: { paymentId: 1 }, partial: { paymentId: { $type: 'string' } } },
  ],
);
