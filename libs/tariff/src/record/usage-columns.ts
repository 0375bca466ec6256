/** Every usage file has these; a column that a usage type has no use for is empty. */
export const usageColumns = [
  'recordId',
  'usageType',
  'servedMsisdn',
  'servedImsi',
  'otherParty',
  'startAt',
  'durationSeconds',
  'uplinkBytes',
  'downlinkBytes',
  'servingNetwork',
  'sessionId',
] as const;

/** A file may have these besides; empty is left out. */
export const optionalUsageColumns = [
  'quantity',
  'unit',
  'otherPartyType',
  'direction',
  'apn',
  'slice',
  'qos',
  'ratingGroup',
  'service',
  'amount',
  'onNet',
  'routingNumber',
  'recordSequence',
  'final',
  'chargingId',
  'servingCountry',
  'cell',
] as const;

export type UsageColumn = (typeof usageColumns)[number] | (typeof optionalUsageColumns)[number];

const allColumns: readonly UsageColumn[] = [...usageColumns, ...optionalUsageColumns];

const isColumn = (name: string): name is UsageColumn => (allColumns as readonly string[]).includes(name);

/** Where each column stands in this file's lines. */
export interface ColumnOrder {
  width: number;
  /** -1 for a column that the file does not have. */
  places: Record<UsageColumn, number>;
  /** The file has columns of the second list. */
  hasMore: boolean;
}

/** Columns may come in any order, all that are required and none that is unknown: a silent gap would bill nothing. */
export function readHeader(names: readonly string[]): ColumnOrder | { problem: string } {
  const missing = usageColumns.filter((column) => !names.includes(column));
  const unknown = names.filter((name) => !isColumn(name));
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (missing.length > 0) return { problem: `columns missing: ${missing.join(', ')}` };
  if (unknown.length > 0)
    return { problem: `columns unknown: ${unknown.slice(0, 5).join(', ').slice(0, 200)}` };
  if (twice.length > 0) return { problem: `columns twice: ${twice.join(', ')}` };
  return {
    width: names.length,
    places: Object.fromEntries(allColumns.map((column) => [column, names.indexOf(column)])) as Record<
      UsageColumn,
      number
    >,
    hasMore: names.length > usageColumns.length,
  };
}

/** The text of a line's column; '' where the file does not have it. */
export const fieldOf = (fields: readonly string[], order: ColumnOrder, column: UsageColumn): string =>
  fields[order.places[column]] ?? '';
