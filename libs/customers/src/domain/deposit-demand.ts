import { addMonths, type Instant, localDateOf, startOfDay } from '@tollkeeper/calendar';
import type { CreditTerms } from '@tollkeeper/contracts';

interface DepositStanding {
  /** Waived by somebody who may, as long as the account stays in this class. */
  waivedIn: string | null;
  /** Given back after good payment, as long as the account stays in this class. */
  provenIn: string | null;
}

/** Accounts without a class have a name of their own for it. */
export const classOf = (terms: Pick<CreditTerms, 'creditClass'> | null): string => terms?.creditClass ?? '';

/** One deposit for the account, or one for each of its services, as the class says. */
export function demandedMinor(
  terms: CreditTerms | null,
  services: number,
  { waivedIn, provenIn }: DepositStanding,
): number {
  if (!terms || services === 0) return 0;
  if (waivedIn === terms.creditClass || provenIn === terms.creditClass) return 0;
  return terms.depositPer === 'subscription' ? terms.depositMinor * services : terms.depositMinor;
}

/** What is held, and what is being charged, is not asked for again. */
export const missingMinor = (
  demanded: number,
  { heldMinor, claimedMinor }: { heldMinor: number; claimedMinor: number },
): number => Math.max(0, demanded - heldMinor - claimedMinor);

interface GoodMonths {
  months: number;
  heldSince: Instant;
  /** When payment was last late. */
  lateAt: Instant | null;
  zone: string;
}

/** A deposit goes back when so many months have passed without a late payment; the months begin again after one. */
export function goodPaymentAt({ months, heldSince, lateAt, zone }: GoodMonths): Instant {
  const since = lateAt !== null && lateAt > heldSince ? lateAt : heldSince;
  return startOfDay(addMonths(localDateOf(since, zone), months), zone);
}
