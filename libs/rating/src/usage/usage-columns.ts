import type { FoldedUsage, GuidedUsage, RatedUsage, SuspenseReason } from '@tollkeeper/tariff';
import { billingPeriodId, latePeriodId } from '../periods/billing-period.repository';
import { daysOf } from '../rerating/correct-period';
import { chargingPeriodId } from '../periods/charging-period.schema';
import type { RatedColumns, RatingColumns, UsageRow } from './usage.schema';
import type { UsedLine } from './usage.repository';

const unguided: RatingColumns = {
  status: 'inSuspense',
  reason: null,
  accountId: null,
  subscriptionId: null,
  offeringId: null,
  offeringVersion: null,
  chargingPeriodId: null,
  billingPeriodId: null,
  unbilled: null,
  zone: null,
  description: null,
  billedQuantity: 0,
  includedQuantity: 0,
  amountMicro: 0,
  explanation: null,
};

export const suspendedColumns = (reason: SuspenseReason): RatingColumns => ({ ...unguided, reason });

export function ratingColumns(tenantId: string, { guided, outcome }: FoldedUsage): RatingColumns {
  const { accountId, subscriptionId, groupId, period, offering, cycle } = guided;
  if ('suspended' in outcome) return { ...unguided, reason: outcome.suspended, accountId, subscriptionId };
  return {
    status: 'rated',
    reason: null,
    accountId,
    subscriptionId,
    offeringId: offering.offeringId,
    offeringVersion: offering.version,
    chargingPeriodId: chargingPeriodId(tenantId, groupId, period.key),
    ...billedIn(tenantId, guided),
    unbilled: cycle ? null : 'prepaid',
    ...onNetColumn(guided),
    ...ratedColumns(outcome.rated),
  };
}

function billedIn(
  tenantId: string,
  { subscriptionId, groupId, period, lateOf, cycle, zone }: GuidedUsage,
): Pick<RatingColumns, 'billingPeriodId' | 'late'> {
  if (!cycle) return { billingPeriodId: null };
  if (!lateOf) return { billingPeriodId: billingPeriodId(subscriptionId, period.key) };
  return {
    billingPeriodId: latePeriodId(subscriptionId, period.key, lateOf.key),
    late: { ...daysOf(lateOf, zone), chargingPeriodId: chargingPeriodId(tenantId, groupId, lateOf.key) },
  };
}

const onNetColumn = ({ record: { onNet } }: GuidedUsage): Pick<UsageRow, 'onNet'> =>
  onNet === undefined ? {} : { onNet };

export const ratedColumns = ({
  zone,
  description,
  billedQuantity,
  includedQuantity,
  amountMicro,
  explanation,
}: RatedUsage): RatedColumns => ({
  zone,
  description,
  billedQuantity,
  includedQuantity,
  amountMicro,
  explanation,
});

/** What folding again may change of a record that is rated already. */
export const isAsStored = (
  row: UsageRow,
  { billedQuantity, includedQuantity, amountMicro, explanation }: RatedUsage,
): boolean =>
  row.billedQuantity === billedQuantity &&
  row.includedQuantity === includedQuantity &&
  row.amountMicro === amountMicro &&
  row.explanation?.summedBefore === explanation.summedBefore &&
  row.explanation.override === explanation.override &&
  JSON.stringify(row.explanation.used) === JSON.stringify(explanation.used) &&
  JSON.stringify(row.explanation.limited) === JSON.stringify(explanation.limited) &&
  JSON.stringify(row.explanation.beyondLimit) === JSON.stringify(explanation.beyondLimit);

/** A record's line with another rating. */
export const lineOf = (
  { billingPeriodId: periodId, late }: Pick<UsageRow, 'billingPeriodId' | 'late'>,
  guided: GuidedUsage,
  rated: RatedUsage,
): UsedLine => ({
  accountId: guided.accountId,
  subscriptionId: guided.subscriptionId,
  periodId: periodId ?? billingPeriodId(guided.subscriptionId, guided.period.key),
  ...(late ? { late } : {}),
  offeringId: guided.offering.offeringId,
  offeringVersion: guided.offering.version,
  usageType: guided.record.usageType,
  zone: rated.zone,
  firstDescription: rated.description,
  lastDescription: rated.description,
  records: 1,
  quantity: rated.billedQuantity,
  includedQuantity: rated.includedQuantity,
  amountMicro: rated.amountMicro,
});
