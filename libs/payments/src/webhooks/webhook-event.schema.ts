import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Events that a gateway has told; written in the transaction of their effect, so none is ever half done. */
export interface WebhookEventRow {
  /** `<tenantId>/<gateway>/<event id>`: told twice is known by it. */
  _id: string;
  type: string;
  reference: string;
  /** `null`: it is about a charge that we never asked for. */
  attemptId: string | null;
  receivedAt: Instant;
}

export const WebhookInbox = defineCollection<WebhookEventRow>(
  'webhookInbox',
  rowSchema({
    _id: { type: String, required: true },
    type: { type: String, required: true },
    reference: { type: String, required: true },
    attemptId: String,
    receivedAt: { type: String, required: true },
  }),
  [{ keys: { reference: 1 } }],
);
