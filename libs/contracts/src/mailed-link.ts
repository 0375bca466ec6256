import type { Instant } from '@tollkeeper/calendar';
import type { MessageRequest } from './notifications.contract';

/**
 * A right to pay, as a mail carries it: the whole right lies in its token, which notifications seals and payments
 * reads. Nothing is kept of it until somebody pays by it.
 */
export interface MailedLink {
  tenantId: string;
  /** Comes from the message's key: the same message, however often it is composed, has one link. */
  linkId: string;
  accountId: string;
  pays: NonNullable<MessageRequest['payFor']>;
  issuedAt: Instant;
  days: number;
}

/** What the id of a message's link is derived from. */
export const mailedLinkIdOf = (tenantId: string, messageKey: string): string => `${tenantId}/${messageKey}`;

export function mailedLinkParts({ tenantId, linkId, accountId, pays, issuedAt, days }: MailedLink): string[] {
  const what = 'caseId' in pays ? ['case', pays.caseId] : ['invoice', pays.invoiceId];
  return [tenantId, linkId, accountId, ...what, issuedAt, String(days)];
}

/** Of parts whose seal is good: only we can have written them. */
export function mailedLinkOf(parts: readonly string[]): MailedLink | null {
  const [tenantId, linkId, accountId, kind, id, issuedAt, days] = parts;
  if (!tenantId || !linkId || !accountId || !id || !issuedAt || !days) return null;
  const pays = kind === 'case' ? { caseId: id } : { invoiceId: id };
  return { tenantId, linkId, accountId, pays, issuedAt, days: Number(days) };
}
