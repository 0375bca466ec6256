import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** No link that an account had by then pays any more: those that lie in mails as well, of which we keep nothing. */
export interface LinkWithdrawalRow {
  /** The account's id. */
  _id: string;
  withdrawnAt: Instant;
}

const text = { type: String, required: true };

export const LinkWithdrawals = defineCollection<LinkWithdrawalRow>(
  'payLinkWithdrawals',
  rowSchema({ _id: text, withdrawnAt: text }),
  [],
);
