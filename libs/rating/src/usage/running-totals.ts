import { type FoldedUsage, type GuidedUsage, servingZoneOf } from '@tollkeeper/tariff';
import type { ChargingPeriodRow } from '../periods/charging-period.schema';

/** Decks call the zone in which a network is at home so; every other one is roaming. */
const homeZone = 'home';

type Totals = Required<Pick<ChargingPeriodRow, 'ratedMicro' | 'roamingDataMicro'>>;

/** What a record's amount adds, and of it data abroad. */
export function totalsOf({ record, deck }: GuidedUsage, amountMicro: number): Totals {
  const isRoamingData = record.usageType === 'data' && servingZoneOf(deck, record.network) !== homeZone;
  return { ratedMicro: amountMicro, roamingDataMicro: isRoamingData ? amountMicro : 0 };
}

export function totalsOfFold(folded: readonly FoldedUsage[]): Totals {
  const sum: Totals = { ratedMicro: 0, roamingDataMicro: 0 };
  for (const { guided, outcome } of folded) {
    if (!('rated' in outcome) || outcome.rated.amountMicro === 0) continue;
    const added = totalsOf(guided, outcome.rated.amountMicro);
    sum.ratedMicro += added.ratedMicro;
    sum.roamingDataMicro += added.roamingDataMicro;
  }
  return sum;
}

/** The period's running totals with what is added: an account's usage is known without a look at its records. */
export function withTotals(row: ChargingPeriodRow, added: Totals): ChargingPeriodRow {
  if (added.ratedMicro === 0 && added.roamingDataMicro === 0) return row;
  return {
    ...row,
    ratedMicro: (row.ratedMicro ?? 0) + added.ratedMicro,
    roamingDataMicro: (row.roamingDataMicro ?? 0) + added.roamingDataMicro,
  };
}
