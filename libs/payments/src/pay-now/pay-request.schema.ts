import type { Instant } from '@tollkeeper/calendar';
import type { AttemptState } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** A payer asked to pay everything now. */
export interface PayRequestRow {
  _id: string;
  accountId: string;
  requestedAt: Instant;
  /** `null` until the gateway has been asked. */
  outcome: AttemptState | 'notAllowed' | null;
  /** Asked by a pay link, with this method; left out: by the payer, with the default one. */
  payLinkId?: string;
  methodId?: string;
  /** What the payer was shown: no more is taken. Left out: not told. */
  mostMinor?: number;
}

export const PayRequests = defineCollection<PayRequestRow>(
  'payRequests',
  rowSchema({
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    requestedAt: { type: String, required: true },
    outcome: String,
    payLinkId: String,
    methodId: String,
    mostMinor: BigInt,
  }),
  [{ keys: { accountId: 1, _id: 1 } }],
);
