import type { Instant } from '@tollkeeper/calendar';
import type { Channel, MessageRequest } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/**
 * queued -> sending -> sent | failed | suppressed; sending -> deferred -> sending for as long as it takes.
 * Only sent, failed and suppressed are final.
 */
export const messageStates = ['queued', 'sending', 'sent', 'deferred', 'failed', 'suppressed'] as const;
export type MessageState = (typeof messageStates)[number];

/** Who is handing the message over just now; `at` is real time. */
export interface Claim {
  /** The process and step that works on it: the same one finding its own claim means that it died meanwhile. */
  owner: string;
  token: string;
  at: Date;
}

export interface MessageRow {
  _id: string;
  key: string;
  accountId: string;
  channel: Channel;
  template: string;
  data: Record<string, string>;
  amounts?: MessageRequest['amounts'];
  worded?: MessageRequest['worded'];
  payFor?: MessageRequest['payFor'];
  /** Left out: the account's holder. */
  audience?: 'operator';
  attachments: MessageRequest['attachments'];
  state: MessageState;
  messageId: string;
  to: string | null;
  subject: string | null;
  attempts: number;
  /** Hand-overs after one whose 250 we may have missed: each has the same Message-ID. */
  repeats: number;
  /** The last hand-over broke off so late that the server may have taken it. */
  mayHaveArrived: boolean;
  claim: Claim | null;
  smtpResponse: string | null;
  failure: string | null;
  requestedAt: Instant;
  /** Business time. */
  sentAt: Instant | null;
  nextAt: Instant | null;
}

export const Messages = defineCollection<MessageRow>(
  'messages',
  rowSchema({
    _id: { type: String, required: true },
    key: { type: String, required: true },
    accountId: { type: String, required: true },
    channel: { type: String, required: true },
    template: { type: String, required: true },
    data: { type: Object, required: true },
    amounts: Object,
    worded: Object,
    payFor: Object,
    audience: String,
    attachments: { type: [Object], required: true },
    state: { type: String, required: true },
    messageId: { type: String, required: true },
    to: String,
    subject: String,
    attempts: { type: Number, required: true },
    repeats: { type: Number, required: true },
    mayHaveArrived: { type: Boolean, required: true },
    claim: Object,
    smtpResponse: String,
    failure: String,
    requestedAt: { type: String, required: true },
    sentAt: String,
    nextAt: String,
  }),
  [
    { keys: { key: 1 }, unique: true },
    { keys: { requestedAt: -1, _id: -1 } },
    { keys: { accountId: 1, requestedAt: -1, _id: -1 } },
    { keys: { state: 1, requestedAt: -1, _id: -1 } },
    { keys: { channel: 1, nextAt: 1 }, partial: { state: 'deferred' } },
  ],
);

export const messageRowId = (tenantId: string, key: string): string => `${tenantId}/${key}`;

export const messageView = (row: MessageRow) => ({
  key: row.key,
  accountId: row.accountId,
  channel: row.channel,
  template: row.template,
  state: row.state,
  to: row.to,
  subject: row.subject,
  attachments: row.attachments.map(({ filename, contentType }) => ({ filename, contentType })),
  messageId: row.messageId,
  attempts: row.attempts,
  repeats: row.repeats,
  requestedAt: row.requestedAt,
  sentAt: row.sentAt,
  nextAt: row.nextAt,
  smtpResponse: row.smtpResponse,
  failure: row.failure,
});

export type MessageView = ReturnType<typeof messageView>;
