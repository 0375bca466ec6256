import type { CreditTerms } from '@tollkeeper/contracts';
import { type Micro, minorToMicro } from '@tollkeeper/money';
import type { UsageOfPeriod } from './usage-caps';

interface ExposureFacts {
  usage: readonly UsageOfPeriod[];
  openDebtMinor: number;
  creditMinor: number;
  currency: string;
}

/**
 * What is lent to an account: usage that no invoice names yet, and open debt, less account credit. Recurring charges
 * that are still to be billed are left out: they were known when the limit was set. A deposit secures the debt and
 * does not lessen it.
 */
export function exposureOf({ usage, openDebtMinor, creditMinor, currency }: ExposureFacts): Micro {
  const unbilled = usage.filter(({ billed }) => !billed).reduce((sum, { ratedMicro }) => sum + ratedMicro, 0);
  return unbilled + minorToMicro(openDebtMinor - creditMinor, currency);
}

export const isOverLimit = (terms: CreditTerms | null, exposure: Micro, currency: string): boolean =>
  terms !== null &&
  terms.creditLimitMinor !== null &&
  exposure > minorToMicro(terms.creditLimitMinor, currency);
