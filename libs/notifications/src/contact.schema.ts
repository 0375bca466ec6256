import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Whom we write to: what notifications keeps of an account. */
export interface ContactRow {
  _id: string;
  accountId: string;
  revision: number;
  name: string;
  email: string;
  language: string;
  /** The mail server knows no such mailbox: nothing more is sent there until the address changes. */
  unreachable: { at: Instant; email: string; response: string } | null;
}

export const Contacts = defineCollection<ContactRow>(
  'contacts',
  rowSchema({
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    revision: { type: Number, required: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    language: { type: String, required: true },
    unreachable: Object,
  }),
  [],
);

/** Ids of accounts are given by another service: two tenants may not meet in one. */
export const contactId = (tenantId: string, accountId: string): string => `${tenantId}/${accountId}`;

export const isReachable = ({ unreachable, email }: ContactRow): boolean => unreachable?.email !== email;
