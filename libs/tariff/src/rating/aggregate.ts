import { millisOf } from '@tollkeeper/calendar';
import type { DistinctBy } from '@tollkeeper/contracts';
import { divideRounded } from '@tollkeeper/money';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CompiledPrice } from '../prices/compile-price';
import type { UsageRecord } from '../record/usage-record';
import type { KnownSums } from './cost-of-call';
import type { PricedPart } from './price-for';
import { nothing, type RunningSum } from './running-sums';

/** What a record adds to the quantity of its period, and what the next record has to know besides. */
export interface AddedUnits {
  units: number;
  remember: readonly [key: string, sum: RunningSum] | null;
}

const onlyUnits = (units: number): AddedUnits => ({ units, remember: null });

/** One, in units that are counted: events are counted in millionths. */
const oneOf = ({ usageType }: UsageRecord): number => (usageType === 'event' ? 1_000_000 : 1);

/**
 * The quantity of a period is folded in the order of its records (start, then record id), so that the last value is the
 * latest one however the records came; `key` is the sum, whose `charged` is the period's quantity until now.
 */
export function addedUnits(
  guided: GuidedUsage,
  { aggregation, distinct }: CompiledPrice,
  key: string,
  sums: KnownSums,
): AddedUnits {
  const { record } = guided;
  if (record.withdrawn === true) return onlyUnits(0);
  const before = (sums.get(key) ?? nothing).charged;
  switch (aggregation) {
    case 'sum':
      return onlyUnits(record.quantity);
    case 'count':
      return onlyUnits(oneOf(record));
    case 'max':
      return onlyUnits(Math.max(0, record.quantity - before));
    case 'latest':
      return onlyUnits(Math.max(0, record.quantity) - before);
    case 'uniqueCount':
      return unique(record, distinct, key, sums);
    case 'weightedSum':
      return weighted(guided, key, before, sums);
  }
}

/** Each value is remembered with the period: more of them than this are a counter gone wrong. */
const mostDistinct = 20_000;

export const isTooMany = (
  { price: { aggregation }, record, charged, key }: Pick<PricedPart, 'price' | 'record' | 'charged' | 'key'>,
  sums: KnownSums,
): boolean =>
  aggregation === 'uniqueCount' &&
  charged > 0 &&
  (sums.get(key ?? '') ?? nothing).charged >= mostDistinct * oneOf(record);

/** A value counts once however often it comes; a quantity below zero takes it off, a record without one counts nothing. */
function unique(record: UsageRecord, distinct: DistinctBy | null, key: string, sums: KnownSums): AddedUnits {
  const value = distinct === null ? '' : (record[distinct] ?? '');
  if (value === '') return onlyUnits(0);
  const place = `unique|${key}|${value}`;
  const isThere = sums.get(place)?.charged === 1;
  const isTakenOff = record.quantity < 0;
  if (isThere !== isTakenOff) return onlyUnits(0);
  const one = oneOf(record);
  return {
    units: isTakenOff ? -one : one,
    remember: [place, { ...nothing, charged: isTakenOff ? 0 : 1 }],
  };
}

/**
 * A level by the time that it lasts: each record changes the level by its quantity, for the part of the period that is left
 * from its start on. Exact until now, then rounded half up to whole units.
 */
function weighted({ record, period }: GuidedUsage, key: string, before: number, sums: KnownSums): AddedUnits {
  const place = `weighted|${key}`;
  const fromMs = millisOf(period.fromAt);
  const toMs = millisOf(period.toAt);
  const atMs = Math.max(fromMs, millisOf(record.startAt));
  const sofar = BigInt(sums.get(place)?.exact ?? '0');
  const unitMs = sofar + BigInt(record.quantity) * BigInt(Math.max(0, toMs - atMs));
  const total = Number(divideRounded(unitMs, BigInt(toMs - fromMs), 'halfUp'));
  return { units: total - before, remember: [place, { ...nothing, exact: String(unitMs) }] };
}
