import { type Instant, localDateOf, type Period } from '@tollkeeper/calendar';
import {
  correctionOf,
  paidMicroOf,
  type FoldedUsage,
  type FoldState,
  type GuidedUsage,
  type PostedRating,
  type RatedUsage,
  type RatingCorrection,
  type RatingFigures,
  type UsageRecord,
} from '@tollkeeper/tariff';
import type { ChargingPeriodRow } from '../periods/charging-period.schema';
import type { UsageRow } from '../usage/usage.schema';

/** A record whose rating comes out different. */
export interface ChangedUsage {
  row: UsageRow;
  guided: GuidedUsage;
  rated: RatedUsage;
  correction: RatingCorrection;
}

export interface PeriodAgain {
  period: ChargingPeriodRow;
  state: FoldState;
  rows: UsageRow[];
  changed: ChangedUsage[];
  /** Why some records cannot be rated as things stand now: the whole period is left alone. */
  unratable: { recordId: string; reason: string }[];
}

/** What holds now: the row's own rating, or the one that a later bill brought. */
export const postedRating = (row: UsageRow): PostedRating => ({
  recordId: row.recordId,
  ratingVersion: row.ratingVersion ?? 1,
  ...(row.rerated ?? {
    offeringVersion: row.offeringVersion ?? 0,
    deck: row.explanation?.deck ?? '',
    zone: row.zone ?? '',
    quantity: row.quantity,
    billedQuantity: row.billedQuantity,
    includedQuantity: row.includedQuantity,
    amountMicro: row.amountMicro,
  }),
  paidMicro: paidMicroOf((row.rerated ?? row).explanation),
});

const ratingFigures = ({ record, offering }: GuidedUsage, rated: RatedUsage): RatingFigures => ({
  offeringVersion: offering.version,
  deck: rated.explanation.deck,
  zone: rated.zone,
  quantity: record.quantity,
  billedQuantity: rated.billedQuantity,
  includedQuantity: rated.includedQuantity,
  amountMicro: rated.amountMicro,
  paidMicro: paidMicroOf(rated.explanation),
});

/** The row as its record reads now: as a late partial record, or the correction before, has left it. */
export const asItStands = (row: UsageRow, replaced: ReadonlyMap<string, UsageRecord>): UsageRow => ({
  ...row,
  ...row.rerated?.record,
  ...replaced.get(row.recordId),
});

export function comparePeriod(
  period: ChargingPeriodRow,
  rows: UsageRow[],
  { state, folded }: { state: FoldState; folded: FoldedUsage[] },
): PeriodAgain {
  const stored = new Map(rows.map((row) => [row.recordId, row]));
  const result: PeriodAgain = { period, state, rows, changed: [], unratable: [] };
  for (const { guided, outcome } of folded) {
    const row = stored.get(guided.record.recordId);
    if (!row) continue;
    if ('suspended' in outcome) result.unratable.push({ recordId: row.recordId, reason: outcome.suspended });
    else {
      const correction = correctionOf(postedRating(row), ratingFigures(guided, outcome.rated));
      if (correction) result.changed.push({ row, guided, rated: outcome.rated, correction });
    }
  }
  return result;
}

const billed = ['zone', 'quantity', 'billedQuantity', 'includedQuantity', 'amountMicro'] as const;

/** A new label alone (the plan's or the deck's version) is nothing that a later bill has to say. */
export const changesTheBill = ({ row, correction: { debit } }: ChangedUsage): boolean => {
  const posted = postedRating(row);
  return billed.some((field) => posted[field] !== debit[field]);
};

/** Days of the period in the account's zone. */
export const daysOf = ({ fromAt, toAt }: { fromAt: Instant; toAt: Instant }, zone: string): Period => ({
  from: localDateOf(fromAt, zone),
  to: localDateOf(toAt, zone),
});
