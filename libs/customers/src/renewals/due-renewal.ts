import type { Instant } from '@tollkeeper/calendar';
import type { DueRenewal, PlanAssignment } from '@tollkeeper/contracts';
import type { OfferingPrices } from '../domain/check-account';
import { planAt, priceAt } from '../domain/offering-price';
import { payerAt } from '../domain/subscription-parties';
import { paidPeriodFrom } from '../domain/paid-periods';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';

/** What the next period costs: the planned plan's price and days, as on sale when it begins, or later when it is paid late. */
export function dueRenewal(row: SubscriptionRow, prices: OfferingPrices, at?: Instant): DueRenewal {
  const from = row.renewal?.paidUntil;
  if (from === undefined) throw new Error(`subscription ${row._id} has no plan paid in advance`);
  const begins = at !== undefined && at > from ? at : from;
  const offeringId = row.renewal?.nextOfferingId ?? planAt(row.plans, begins)?.offeringId;
  const price = offeringId === undefined ? null : priceAt(prices.get(offeringId) ?? [], begins);
  if (!price?.paidInAdvance)
    throw new Error(`subscription ${row._id} has no plan paid in advance at ${begins}`);
  return {
    subscriptionId: row._id,
    accountId: payerAt(row, begins),
    offeringId: price.offeringId,
    amountMinor: price.paidInAdvance.amountMinor,
    currency: price.currency,
    ...paidPeriodFrom(from, price.paidInAdvance.days),
  };
}

/** Of a period that is being retried. `notWanted`: nothing is charged, but as long as it is in grace that may change. */
export function openPeriod(
  { status, renewal, plans }: SubscriptionRow,
  from: Instant,
  at: Instant,
): 'due' | 'notWanted' | 'over' {
  const isOpen = renewal?.state === 'grace' && renewal.paidUntil === from;
  if (status === 'terminated' || !isOpen) return 'over';
  const goesOn = renewal.nextOfferingId !== null || planAt(plans, at > from ? at : from) !== null;
  return renewal.autoRenew && goesOn ? 'due' : 'notWanted';
}

export const offeringsOf = (rows: readonly SubscriptionRow[]): string[] =>
  rows.flatMap(({ plans, renewal }) => [
    ...plans.map(({ offeringId }) => offeringId),
    ...(renewal?.nextOfferingId ? [renewal.nextOfferingId] : []),
  ]);

/** The plan that was paid for begins with its period. */
export function plansFrom(
  plans: readonly PlanAssignment[],
  offeringId: string | undefined,
  from: Instant,
): PlanAssignment[] {
  if (offeringId === undefined || planAt(plans, from)?.offeringId === offeringId) return [...plans];
  const before = plans
    .filter((plan) => plan.from < from)
    .map((plan) => (plan.to === null || plan.to > from ? { ...plan, to: from } : plan));
  return [...before, { offeringId, from, to: null }];
}
