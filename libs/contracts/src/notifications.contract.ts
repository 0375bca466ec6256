import type { Instant } from '@tollkeeper/calendar';
import type { FactReceiver } from './facts';
import type { StorageRef } from './handover';
import type { MessageLanguage } from './message-templates';
import type { ServiceActivities } from './services';

export type Channel = 'email';

/** The key is the message's identity for ever: the Message-ID comes from it, a repeat is the same message. */
export interface MessageRequest {
  key: string;
  accountId: string;
  channel: Channel;
  template: string;
  /** Left out: the account's holder. `operator`: the operator's own support address. */
  audience?: 'operator';
  /** Values for the template: texts, and days as `2026-01-31`. */
  data: Record<string, string>;
  /** Values that are money: written as the language of the text around them writes it. */
  amounts?: Record<string, { minor: number; currency: string }>;
  /** Values in words, in every language. */
  worded?: Record<string, Record<MessageLanguage, string>>;
  /** What a link in the message pays, where the operator has such links; left out: the message carries none. */
  payFor?: { invoiceId: string } | { caseId: string };
  attachments: { filename: string; contentType: string; ref: StorageRef }[];
  requestedAt: Instant;
}

export interface NotificationsBulkActivities {
  /** Claims, sends through a pooled connection and marks every message of the object. */
  sendMessages(input: {
    tenantId: string;
    batchKey: string;
    messages: StorageRef;
    at: Instant;
  }): Promise<{ sent: number; deferred: number; failed: number }>;
}

export interface NotificationsActivities
  extends ServiceActivities, FactReceiver<'tenantChanged' | 'accountChanged' | 'messageRequested'> {
  /** Sends what waited and may go now. */
  sendDeferred(input: {
    tenantId: string;
    channel: Channel;
    at: Instant;
  }): Promise<{ sent: number; nextAt: Instant | null }>;
}
