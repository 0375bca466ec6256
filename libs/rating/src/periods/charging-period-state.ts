import { carriedByBucket, type FoldState, type GuidedUsage } from '@tollkeeper/tariff';
import type { ChargingPeriodRow } from './charging-period.schema';

export const newChargingPeriod = (
  _id: string,
  { groupId, accountId, period }: Pick<GuidedUsage, 'groupId' | 'accountId' | 'period'>,
): ChargingPeriodRow => ({
  _id,
  groupId,
  accountId,
  periodKey: period.key,
  fromAt: period.fromAt,
  toAt: period.toAt,
  version: 0,
  buckets: [],
  sums: [],
  last: null,
  orderDirty: false,
  closedBy: null,
});

export const stateOf = ({
  buckets,
  sums,
  last,
  orderDirty,
  before,
}: Pick<ChargingPeriodRow, 'buckets' | 'sums' | 'last' | 'orderDirty' | 'before'>): FoldState => ({
  buckets: new Map(buckets.map(({ bucket, used }) => [bucket, used])),
  carried: carriedByBucket(before?.carried ?? []),
  sizes: new Map(buckets.flatMap(({ bucket, size }) => (size === undefined ? [] : [[bucket, size]]))),
  sums: new Map(sums.map(({ sum, ...running }) => [sum, running])),
  last,
  orderDirty,
});

export const withState = (
  row: ChargingPeriodRow,
  { buckets, sizes, sums, last, orderDirty }: FoldState,
): ChargingPeriodRow => ({
  ...row,
  buckets: [...buckets].map(([bucket, used]) => {
    const size = sizes.get(bucket);
    return size === undefined ? { bucket, used } : { bucket, used, size };
  }),
  sums: [...sums].map(([sum, running]) => ({ sum, ...running })),
  last,
  orderDirty,
});
