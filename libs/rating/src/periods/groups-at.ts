import type { Instant } from '@tollkeeper/calendar';
import type { CyclePeriods, SubscriberAccount } from '@tollkeeper/tariff';
import { newChargingPeriod } from './charging-period-state';
import { chargingPeriodId, type ChargingPeriodRow } from './charging-period.schema';

/** The period that ends at the cut-off, for every subscription that lived in it. */
export function groupsAt(
  tenantId: string,
  account: SubscriberAccount,
  periods: CyclePeriods,
  cutOffAt: Instant,
): ChargingPeriodRow[] {
  if (!account.cycle) return [];
  const period = periods.endingBy(account.cycle, cutOffAt);
  return account.subscriptions
    .filter(
      ({ activeFrom, activeTo }) =>
        activeFrom < period.toAt && (activeTo === null || activeTo > period.fromAt),
    )
    .map(({ subscriptionId, poolId }) => {
      const groupId = poolId ?? subscriptionId;
      return newChargingPeriod(chargingPeriodId(tenantId, groupId, period.key), {
        groupId,
        accountId: account.accountId,
        period,
      });
    });
}
