import type { DeclineCategory } from '@tollkeeper/contracts';
import { debitCategory } from '../domain/debits/debit-category';
import { isReturnCode } from '../domain/debits/sepa-debit';

const categories: Readonly<Record<string, DeclineCategory>> = {
  insufficient_funds: 'soft',
  stolen_card: 'hard',
  expired_card: 'hard',
  invalid_token: 'hard',
  suspected_fraud: 'fraud',
  authentication_required: 'actionRequired',
};

/** A code that the map does not know is tried again: the schemes list the final ones. */
export function declineCategory(code: string): DeclineCategory {
  if (Object.hasOwn(categories, code)) return categories[code] ?? 'soft';
  // A debit that failed before it settled says so by its return code.
  return /^R\d\d$/.test(code) || isReturnCode(code) ? debitCategory(code) : 'soft';
}
