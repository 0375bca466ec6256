import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** `paying`: a charge is under way, or its outcome is not known; a charge that took nothing opens the link again. */
export type PayLinkState = 'open' | 'paying' | 'used' | 'revoked';

/** A right to pay for an account without signing in, once. */
export interface PayLinkRow {
  _id: string;
  /** SHA-256 of the secret half: who reads our rows can pay nothing, and see nothing of others. `null`: by mail, sealed. */
  secretHash: string | null;
  accountId: string;
  /** `null`: whatever the account owes, the oldest first. */
  invoiceId: string | null;
  /** What was overdue then and since; left out: not the link of a case. */
  caseId?: string;
  /** At most so much; `null`: all that is open when it is paid. */
  amountMinor: number | null;
  currency: string;
  state: PayLinkState;
  /** Of the last charge. */
  requestId: string | null;
  expiresAt: Instant;
  createdAt: Instant;
  by: string;
}

const text = { type: String, required: true };

export const PayLinks = defineCollection<PayLinkRow>(
  'payLinks',
  rowSchema({
    ...{
      _id: text,
      secretHash: String,
      accountId: text,
      invoiceId: String,
      caseId: String,
      amountMinor: BigInt,
      currency: text,
    },
    ...{ state: text, requestId: String, expiresAt: text, createdAt: text, by: text },
  }),
  [{ keys: { accountId: 1, _id: 1 } }],
);
