import { openInstalments, planState, planSums, sumLeft } from '../domain/devices/instalment-plan';
import type { InstalmentPlanRow } from './instalment-plan.schema';

/** Amounts as `{ minor, currency }`; down payment + billed + paid off + accelerated + reduced + open = price. */
export function planView(plan: InstalmentPlanRow) {
  const money = (minor: number) => ({ minor, currency: plan.currency });
  const sums = planSums(plan);
  const open = openInstalments(plan);
  return {
    id: plan.planId,
    state: planState(plan),
    accountId: plan.accountId,
    subscriptionId: plan.subscriptionId,
    device: { name: plan.name, taxCode: plan.taxCode, offeringId: plan.offeringId },
    price: money(plan.priceMinor),
    downPayment: money(plan.downPaymentMinor),
    value: money(plan.valueMinor),
    deliveredOn: plan.deliveredOn,
    onTermination: plan.onTermination,
    billed: money(sums.billedMinor),
    paidOff: money(sums.paidOffMinor),
    accelerated: money(sums.acceleratedMinor),
    reduced: money(sums.reducedMinor),
    open: money(sums.openMinor),
    instalmentsLeft: open.length,
    remaining: money(sumLeft(open)),
    endedEarly: plan.endedEarly,
    sale: plan.sale,
    schedule: plan.instalments.map(({ amountMinor, reducedMinor, ...each }) => ({
      ...each,
      amount: money(amountMinor),
      reduced: money(reducedMinor),
    })),
    credits: plan.credits.map(({ totalMinor, offInstalmentsMinor, accountCreditMinor, ...each }) => ({
      ...each,
      total: money(totalMinor),
      offInstalments: money(offInstalmentsMinor),
      accountCredit: money(accountCreditMinor),
    })),
    soldAt: plan.soldAt,
    cancelledAt: plan.cancelledAt,
  };
}
