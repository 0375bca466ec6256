import type { DeclineCategory } from '@tollkeeper/contracts';
import { achReturn } from './ach-returns';
import { isReturnCode, returnMeaning } from './sepa-returns';

/** What the code of a debit that came back says: whether it may be sent again, and what becomes of its authorisation. */
export interface ReturnMeaning {
  category: DeclineCategory;
  /** The method can be charged no more. */
  endsMandate: boolean;
  byPayer: boolean;
}

/** By the scheme that the code's form tells; null: it is no return code. */
export const debitReturn = (code: string): ReturnMeaning | null =>
  achReturn(code) ?? (isReturnCode(code) ? returnMeaning(code) : null);

/** Of a debit that did come back: a reason that nobody knows asks for a person. */
export const meaningOfReturn = (code: string): ReturnMeaning => achReturn(code) ?? returnMeaning(code);
