import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Codes of one value that were made together; what they are is told once, when they are made. */
export interface VoucherBatchRow {
  _id: string;
  name: string;
  count: number;
  valueMinor: number;
  currency: string;
  expiresAt: Instant;
  createdAt: Instant;
  by: string;
}

export interface VoucherRow {
  _id: string;
  batchId: string;
  /** Of tenant and code: who reads our rows can redeem nothing. */
  codeHash: string;
  /** As people name one of many. */
  lastSigns: string;
  valueMinor: number;
  currency: string;
  expiresAt: Instant;
  state: 'issued' | 'redeemed' | 'void';
  accountId: string | null;
  paymentId: string | null;
  redeemedAt: Instant | null;
}

/** Wrong codes of one account, on real time as all limits are. */
export interface VoucherGuessRow {
  /** `<tenantId>/<accountId>` */
  _id: string;
  wrong: number;
  since: Date;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };

export const VoucherBatches = defineCollection<VoucherBatchRow>(
  'voucherBatches',
  rowSchema({
    ...{ _id: text, name: text, count: long, valueMinor: long, currency: text },
    ...{ expiresAt: text, createdAt: text, by: text },
  }),
  [],
);

export const Vouchers = defineCollection<VoucherRow>(
  'vouchers',
  rowSchema({
    ...{ _id: text, batchId: text, codeHash: text, lastSigns: text, valueMinor: long, currency: text },
    ...{ expiresAt: text, state: text, accountId: String, paymentId: String, redeemedAt: String },
  }),
  [{ keys: { codeHash: 1 }, unique: true }, { keys: { batchId: 1, state: 1, _id: 1 } }],
);

export const VoucherGuesses = defineCollection<VoucherGuessRow>(
  'voucherGuesses',
  rowSchema({ _id: text, wrong: long, since: { type: Date, required: true } }),
  [{ keys: { since: 1 }, expireAfterSeconds: 86_400 }],
);
