import type { Instant } from '@tollkeeper/calendar';
import type { PaymentFact } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { PaymentProgress } from '../domain/payment-states';

/** Clearing account of what is paid from a top-up balance. */
export const topUpGateway = 'topUp';

/** Captured money. */
export interface PaymentRow {
  _id: string;
  revision: number;
  accountId: string;
  invoiceId: string | null;
  subscriptionId: string | null;
  purpose: PaymentFact['purpose'];
  amountMinor: number;
  currency: string;
  /** The gateway, or how it reached us: `bank`, `cash`, `cheque`. */
  gateway: string;
  gatewayId: string | null;
  attemptId: string | null;
  /** The entry of a bank statement by which it came; left out: none. */
  bankEntryId?: string;
  /** As shown to people. */
  method: string;
  reference: string | null;
  state: PaymentProgress;
  /** What a renewal paid for. */
  renewal: NonNullable<PaymentFact['renewal']> | null;
  /** Of it gone back, or on its way. */
  refundedMinor: number;
  /** Of it taken back by the payer or their bank; left out: 0. */
  reversedMinor?: number;
  /** What no invoice takes goes back by itself; left out: it stays as credit. */
  surplus?: 'refund';
  receivedAt: Instant;
  recordedAt: Instant;
}

export const Payments = defineCollection<PaymentRow>(
  'payments',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: BigInt, required: true },
    accountId: { type: String, required: true },
    invoiceId: String,
    subscriptionId: String,
    purpose: { type: String, required: true, enum: ['invoice', 'renewal', 'topUp', 'deposit'] },
    amountMinor: { type: BigInt, required: true },
    currency: { type: String, required: true },
    gateway: { type: String, required: true },
    gatewayId: String,
    attemptId: String,
    bankEntryId: String,
    method: { type: String, required: true },
    reference: String,
    state: { type: String, required: true },
    renewal: Object,
    refundedMinor: { type: BigInt, required: true },
    reversedMinor: BigInt,
    surplus: String,
    receivedAt: { type: String, required: true },
    recordedAt: { type: String, required: true },
  }),
  [
    { keys: { accountId: 1, recordedAt: -1, _id: -1 } },
    { keys: { recordedAt: -1, _id: -1 } },
    { keys: { attemptId: 1 }, unique: true, partial: { attemptId: { $type: 'string' } } },
    { keys: { bankEntryId: 1 }, partial: { bankEntryId: { $type: 'string' } } },
    // A voucher is good for one top-up.
    { keys: { gateway: 1, reference: 1 }, unique: true, partial: { gateway: 'voucher' } },
    { keys: { gateway: 1, gatewayId: 1 }, unique: true, partial: { gatewayId: { $type: 'string' } } },
  ],
);
