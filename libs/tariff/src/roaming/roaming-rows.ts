import type { UsageType } from '@tollkeeper/contracts';
import { namedRows } from '../deck/destination';
import { type EeaDeck, type PlacedRow, rowNamed, rowsTo } from './eea-zones';
import { highest, priceOfEntry, type UnitPrice } from './unit-price';

/** Usage that the law prices: what is used or called, and what is received. */
export const regulatedTypes = ['voice', 'sms', 'data'] as const satisfies UsageType[];
export type RegulatedType = (typeof regulatedTypes)[number];

/** Rows at home that calls to numbers at home, messages or data find: the price that roaming must be like. */
export const domesticRows = (deck: EeaDeck, usageType: RegulatedType): PlacedRow[] =>
  [...deck.homeZones].flatMap((zone) => {
    const rows = deck.rowsOf(usageType, zone);
    return usageType === 'data' ? [...rows] : rowsTo(deck.homeCodes, rows, deck.rules);
  });

/** Rows of a serving zone that regulated roaming finds. */
export const roamingRows = (deck: EeaDeck, usageType: RegulatedType, servingZone: string): PlacedRow[] => {
  const rows = deck.rowsOf(usageType, servingZone);
  return usageType === 'data' ? [...rows] : rowsTo(deck.roamingCodes, rows, deck.rules);
};

export const receivedRows = (deck: EeaDeck, usageType: RegulatedType, servingZone: string): PlacedRow[] =>
  rowNamed(namedRows.incoming, deck.rowsOf(usageType, servingZone));

export const highestOf = (rows: readonly PlacedRow[]): UnitPrice | null =>
  highest(rows.map(({ row }) => priceOfEntry(row)));

/** Zones where roaming is a matter of its own: not the home zone with a neighbour's network in it. */
export const zonesAbroad = ({ roamingZones, homeZones }: EeaDeck): string[] =>
  [...roamingZones].filter((zone) => !homeZones.has(zone));
