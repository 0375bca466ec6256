import type { DeclineCategory } from '@tollkeeper/contracts';
import { achMeaning } from './ach-debit';
import { returnMeaning } from './sepa-debit';

/** What a return code of either scheme says of another try. */
export const debitCategory = (code: string): DeclineCategory =>
  achMeaning(code) ?? returnMeaning(code).category;
