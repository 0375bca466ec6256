import type { AccountProfile } from '@tollkeeper/contracts';

/** Customers hears of each batch of its usage. */
export const isWatched = (creditTerms: AccountProfile['creditTerms']): boolean =>
  creditTerms !== undefined && (creditTerms.usageCapMinor !== null || creditTerms.creditLimitMinor !== null);
