import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Where a tenant's customers pay, and whether mails take them there with a link that pays without signing in. */
export interface PaymentPageRow {
  /** The tenant's id. */
  _id: string;
  url: string | null;
  payLinks: boolean;
  /** A link is good for so long after its message was asked for. */
  linkDays: number;
  changedAt: Instant;
}

export const PaymentPages = defineCollection<PaymentPageRow>(
  'paymentPages',
  rowSchema({
    _id: { type: String, required: true },
    url: String,
    payLinks: { type: Boolean, required: true },
    linkDays: { type: Number, required: true },
    changedAt: { type: String, required: true },
  }),
  [],
);
