import type { FoldedUsage, GuidedUsage, RatedLine, RatedUsage, SuspenseReason } from '@tollkeeper/tariff';
import { billingPeriodId } from './billing-period.repository';
import { chargingPeriodId } from './charging-period.schema';
import type { RatedColumns, RatingColumns, UsageRow } from './usage.schema';

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
    billingPeriodId: cycle ? billingPeriodId(subscriptionId, period.key) : null,
    unbilled: cycle ? null : 'prepaid',
    ...onNetColumn(guided),
    ...ratedColumns(outcome.rated),
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

export const lineOf = (guided: GuidedUsage, rated: RatedUsage): RatedLine => ({
  accountId: guided.accountId,
  subscriptionId: guided.subscriptionId,
  periodId: billingPeriodId(guided.subscriptionId, guided.period.key),
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
