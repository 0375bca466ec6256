import type { Instant } from '@tollkeeper/calendar';
import type { PlanAssignment, ProductStatus } from '@tollkeeper/contracts';
import { checkPlan, type OfferingPrices } from './check-account';
import type { Finding } from './finding';
import { priceAt } from './offering-price';

export interface PlanHolder {
  subscriptionId: string;
  status: ProductStatus;
  plans: PlanAssignment[];
}

type PlanRefusal =
  | { kind: 'findings'; findings: Finding[] }
  | { kind: 'conflict'; code: 'notLive' | 'planScheduled' | 'otherPayment'; reason: string; hint: string };

/** The new plan follows the old one at `since`; what was used before is rated and billed by the old one. */
export function changePlan(
  { subscriptionId, status, plans }: PlanHolder,
  account: { currency: string; cycleId: string | null },
  prices: OfferingPrices,
  { offeringId, since, now }: { offeringId: string; since: Instant; now: Instant },
): { plans: PlanAssignment[] } | PlanRefusal {
  const conflict = (code: 'notLive' | 'planScheduled' | 'otherPayment', reason: string, hint: string) =>
    ({ kind: 'conflict', code, reason, hint }) as const;
  if (since < now)
    return {
      kind: 'findings',
      findings: [{ field: 'from', reason: `must not lie before now (${now}): usage is rated already` }],
    };
  const last = plans.at(-1);
  if (!last || status === 'terminated')
    return conflict('notLive', `Subscription ${subscriptionId} is ${status}.`, 'Add a new subscription.');
  if (since <= last.from)
    return conflict(
      'planScheduled',
      `Plan ${last.offeringId} is to begin at ${last.from}.`,
      'Choose a later `from`.',
    );
  const findings = checkPlan(offeringId, since, account, prices);
  if (findings.length > 0) return { kind: 'findings', findings };
  const inAdvance = (id: string) => Boolean(priceAt(prices.get(id) ?? [], since)?.paidInAdvance);
  // Between a plan that is invoiced and one paid in advance lies a final bill: that is a new subscription.
  if (inAdvance(last.offeringId) !== inAdvance(offeringId))
    return conflict(
      'otherPayment',
      `${last.offeringId} and ${offeringId} are not paid in the same way.`,
      'End the subscription and add one with the new plan.',
    );
  return {
    plans: [...plans.slice(0, -1), { ...last, to: since }, { offeringId, from: since, to: null }],
  };
}
