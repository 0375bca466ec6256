import type { GuidedUsage, UsagePeriod } from '@tollkeeper/tariff';
import { billingPeriodId } from './billing-period.repository';
import { chargingPeriodId, type ChargingPeriodRow } from './charging-period.schema';

/** States of the groups' periods, and which of them are on a bill: usage that comes now goes to a later one. */
export interface KnownPeriods {
  rows: Map<string, ChargingPeriodRow>;
  isClosed: (guided: GuidedUsage, period: UsagePeriod) => boolean;
}

export const periodIdOf = (tenantId: string, { groupId }: GuidedUsage, { key }: UsagePeriod): string =>
  chargingPeriodId(tenantId, groupId, key);

/** A subscription that changed its pool may have been billed for a period that the pool has no state of. */
export const closedBy =
  (tenantId: string, rows: ReadonlyMap<string, ChargingPeriodRow>, billedIds: ReadonlySet<string>) =>
  (each: GuidedUsage, period: UsagePeriod): boolean =>
    (rows.get(periodIdOf(tenantId, each, period))?.closedBy ?? null) !== null ||
    billedIds.has(billingPeriodId(each.subscriptionId, period.key));
