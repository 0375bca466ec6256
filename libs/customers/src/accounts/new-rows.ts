import type { Cycle, Instant } from '@tollkeeper/calendar';
import { newId } from '@tollkeeper/platform';
import type { AccountRow } from './account.schema';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import type { NewAccount, NewSubscription } from './account-fields';
import type { OfferingPrices } from '../domain/check-account';
import { nameWordsOf } from '../domain/name-words';
import { priceAt } from '../domain/offering-price';
import { paidPeriodFrom } from '../domain/paid-periods';
import { paidRenewal, type SubscriptionRow } from '../subscriptions/subscription.schema';

/** Ids that ascend: what is listed by id comes in the order of the import, so that two loads of one file are billed alike. */
export const ascendingIds = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, () => newId(prefix)).sort();

export const accountRow = (
  { id, customerId }: { id: string; customerId: string },
  account: NewAccount,
  operator: { currency: string; zone: string },
  cycles: ReadonlyMap<string, Cycle>,
  createdAt: Instant,
): AccountRow => ({
  _id: id,
  externalId: account.externalId,
  revision: 0,
  customerId,
  customerName: account.customerName,
  nameWords: nameWordsOf(account.customerName),
  email: account.email.toLowerCase(),
  language: account.language,
  address: account.address,
  zone: account.zone ?? operator.zone,
  currency: account.currency ?? operator.currency,
  cycleId: account.cycleId,
  cycle: cycles.get(account.cycleId ?? '') ?? null,
  termsDays: account.termsDays,
  restriction: 'active',
  parents: [],
  taxCertificates: [],
  creditTerms: null,
  tags: [],
  createdAt,
});

/** The first period of a plan paid in advance counts as paid at activation: the sale took the money. */
export function subscriptionRow(
  id: string,
  accountId: string,
  subscription: NewSubscription,
  prices: OfferingPrices,
): SubscriptionRow {
  const { offeringId, activeFrom, externalId, poolId } = subscription;
  const inAdvance = priceAt(prices.get(offeringId) ?? [], activeFrom)?.paidInAdvance ?? null;
  const paid = inAdvance && paidPeriodFrom(activeFrom, inAdvance.days);
  return {
    _id: id,
    accountId,
    externalId: externalId ?? null,
    status: 'active',
    activeFrom,
    activeTo: null,
    plans: [{ offeringId, from: activeFrom, to: null }],
    // A pool's name is the account's own: two accounts that say "family" don't share one.
    poolId: poolId ? `${accountId}.${poolId}` : null,
    parties: [],
    paidPeriods: paid ? [{ ...paid, key: `${id}/activation` }] : [],
    renewal: paid && paidRenewal(paid.to),
  };
}

export const assignmentRows = (
  { _id, accountId, activeFrom }: SubscriptionRow,
  { identifiers }: NewSubscription,
): AssignmentRow[] =>
  identifiers.map(({ kind, value, from, to }) => ({
    _id: newId('asg'),
    kind,
    value,
    subscriptionId: _id,
    accountId,
    from: from ?? activeFrom,
    to: to ?? null,
  }));
