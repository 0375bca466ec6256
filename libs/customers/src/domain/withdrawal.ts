import { addDays, daysBetween, type LocalDate } from '@tollkeeper/calendar';
import { statesOfTheEea } from './eu-roaming-cap';
import type { Finding } from './finding';

/** Within how many days after the service began a consumer may withdraw, by country (ISO 3166 alpha-2). */
export type WithdrawalDays = Readonly<Record<string, number>>;

/**
 * Directive 2011/83/EU, Article 9(1) (Germany: BGB section 355(2)); the United Kingdom: Consumer Contracts (Information,
 * Cancellation and Additional Charges) Regulations 2013, regulation 30. A contract may give more days, never fewer.
 */
const byLaw = 14;
const aMonday: LocalDate = '2024-01-01';
const statesWithTheRight = [...statesOfTheEea, 'GB'];

export const usualWithdrawalDays: WithdrawalDays = Object.fromEntries(
  statesWithTheRight.map((country) => [country, byLaw]),
);

/** What the law gives, and what the operator gives beyond it. */
export const beyondTheLaw = (days: WithdrawalDays): WithdrawalDays => ({ ...usualWithdrawalDays, ...days });

/** What a policy may not say. */
export const withdrawalFindings = (days: readonly { country: string; days: number }[]): Finding[] =>
  days.flatMap((each, at) => [
    ...(each.days < (usualWithdrawalDays[each.country] ?? 0)
      ? [{ field: `countries.${at}.days`, reason: `the law of ${each.country} gives ${byLaw} days` }]
      : []),
    ...(days.findIndex(({ country }) => country === each.country) < at
      ? [{ field: `countries.${at}.country`, reason: `${each.country} is named twice` }]
      : []),
  ]);

/**
 * The last day of the right: the day of the event does not count, and a last day on a weekend is the next Monday
 * (Regulation (EEC, Euratom) No 1182/71, Article 3). Counted from the first day of service, which is never before that
 * of the contract.
 */
export function lastWithdrawalDay(servedFrom: LocalDate, days: number): LocalDate {
  const last = addDays(servedFrom, days);
  const sinceMonday = ((daysBetween(aMonday, last) % 7) + 7) % 7;
  return sinceMonday > 4 ? addDays(last, 7 - sinceMonday) : last;
}

export interface WithdrawnFrom {
  customerKind: 'person' | 'organisation';
  country: string;
  servedFrom: LocalDate;
  withdrawnOn: LocalDate;
}

/** Why a service cannot be withdrawn from; `null`: it can. */
export function whyNoWithdrawal(
  { customerKind, country, servedFrom, withdrawnOn }: WithdrawnFrom,
  policy: WithdrawalDays,
): string | null {
  if (customerKind !== 'person') return 'only consumers have the right of withdrawal';
  const days = policy[country];
  if (days === undefined) return `no right of withdrawal is known for ${country}`;
  const last = lastWithdrawalDay(servedFrom, days);
  return withdrawnOn > last ? `the right of withdrawal ended on ${last}` : null;
}
