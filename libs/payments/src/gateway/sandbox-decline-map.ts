import type { DeclineCategory } from '@tollkeeper/contracts';
import { debitReturn } from '../domain/debits/return-codes';
import { declineCategoryOf } from '../domain/retries/decline-codes';

/** A code that nobody lists is tried again: the schemes say which are final. A debit that failed says so by its return code. */
export const declineCategory = (code: string): DeclineCategory =>
  debitReturn(code)?.category ?? declineCategoryOf(code) ?? 'soft';
