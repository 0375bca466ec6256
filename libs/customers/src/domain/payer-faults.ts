import type { Cycle } from '@tollkeeper/calendar';
import type { PlanAssignment } from '@tollkeeper/contracts';
import type { OfferingPrices } from './check-account';
import { priceAt } from './offering-price';
import { type PartiedSubscription, slicesOf } from './subscription-parties';

interface PayingAccount {
  currency: string;
  cycle: Cycle | null;
}

/**
 * Why the payers of a subscription cannot be billed for it. Service days are cut in the zone of the payer's cycle:
 * between two zones a day would be charged twice or not at all.
 */
export function payerFaults(
  row: PartiedSubscription & { plans: PlanAssignment[] },
  accounts: ReadonlyMap<string, PayingAccount>,
  prices: OfferingPrices,
): string[] {
  const faults: string[] = [];
  const slices = slicesOf(row);
  const zones = new Set<string>();
  for (const { payerAccountId, holderAccountId, from, to } of slices) {
    const payer = accounts.get(payerAccountId);
    const holder = accounts.get(holderAccountId);
    if (!payer || !holder) continue;
    if (payer.currency !== holder.currency)
      faults.push(
        `account ${payerAccountId} is in ${payer.currency}, account ${holderAccountId} in ${holder.currency}`,
      );
    const invoiced = row.plans.find(
      (plan) =>
        (to === null || plan.from < to) &&
        (plan.to === null || plan.to > from) &&
        !priceAt(prices.get(plan.offeringId) ?? [], plan.from)?.paidInAdvance,
    );
    if (!invoiced) continue;
    if (payer.cycle) zones.add(payer.cycle.zone);
    else
      faults.push(
        `offering ${invoiced.offeringId} is invoiced, and account ${payerAccountId} has no cycleId`,
      );
  }
  const currencies = new Set(slices.map(({ payerAccountId }) => accounts.get(payerAccountId)?.currency));
  if (currencies.size > 1)
    faults.push(`payers are in ${[...currencies].join(' and ')}: nothing is converted`);
  if (zones.size > 1)
    faults.push(`the cycles of its payers are in ${[...zones].join(' and ')}: service days would not meet`);
  return faults;
}
