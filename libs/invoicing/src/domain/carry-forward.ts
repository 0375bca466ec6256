import { type Cycle, type LocalDate, localDateOf, nextCutOffs } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import type { Bill } from './bill';

/** Which bills wait for the next one. */
export interface BillLimits {
  /** Bills below are carried forward; a currency that is not named has no minimum. */
  minimumBills: { currency: string; amountMinor: number }[];
  /** Times in a row that a bill below the minimum is carried; the next one is issued whatever it is. */
  carryAtMost: number;
  /** `carry`: bills of exactly zero wait as well, however long. */
  zeroBills: 'issue' | 'carry';
}

export const noLimits: BillLimits = { minimumBills: [], carryAtMost: 0, zeroBills: 'issue' };

export interface CarryInput {
  limits: BillLimits;
  cycle: Cycle;
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  account: Pick<AccountProfile, 'subscriptions'>;
  /** Cut-off of the account's last bill. */
  lastBilledTo: LocalDate | null;
}

const mostCounted = 36;

/**
 * Why a bill is not issued now; `null`: it is. Nothing of it is lost: charges go on from the last bill, and usage that
 * no bill has is handed over again. The bill of an account whose last service has ended is issued, and so is one that
 * gives money back.
 */
export function whyCarried(bill: Pick<Bill, 'totalMinor' | 'currency'>, input: CarryInput): string | null {
  const { limits, account, cutOffOn, cycle } = input;
  const { totalMinor, currency } = bill;
  if (totalMinor < 0 || !goesOn(account, cutOffOn, cycle.zone)) return null;
  if (totalMinor === 0) return limits.zeroBills === 'carry' ? 'Nothing to pay: on the next bill.' : null;
  const least = limits.minimumBills.find((each) => each.currency === currency)?.amountMinor ?? 0;
  if (totalMinor >= least || timesCarried(input) >= limits.carryAtMost) return null;
  return `Below the least amount of a bill (${totalMinor} of ${least} minor units of ${currency}): on the next bill.`;
}

const goesOn = (
  { subscriptions }: Pick<AccountProfile, 'subscriptions'>,
  cutOffOn: LocalDate,
  zone: string,
): boolean =>
  subscriptions.some(({ activeTo }) => activeTo === null || localDateOf(activeTo, zone) > cutOffOn);

/** Cut-offs that passed without a bill since the last one, or since the first service. */
function timesCarried({ cycle, startsOn, cutOffOn, account, lastBilledTo }: CarryInput): number {
  const begun = account.subscriptions.map(({ activeFrom }) => localDateOf(activeFrom, cycle.zone)).sort()[0];
  const first = begun !== undefined && begun > startsOn ? begun : startsOn;
  const since = lastBilledTo ?? first;
  return nextCutOffs(cycle, since, mostCounted).filter((each) => each < cutOffOn).length;
}
