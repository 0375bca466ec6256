import type { PriceOverride, RateEntry } from '@tollkeeper/contracts';
import { compileRows, type CompiledEntry, type RateTables, rowIn } from './compile-deck';
import { type Destination, type DestinationRows, rowFor } from './destination';

/** Rows agreed with a customer: each takes the place of the deck's row of its key, or stands besides the deck's rows. */
export interface AgreedRows {
  tables: RateTables;
  /** Who agreed on what: the override of a row. */
  overrideIds: ReadonlyMap<CompiledEntry, string>;
}

const keyOf = ({ usageType, servingZone, prefix, band = '' }: RateEntry): string =>
  [usageType, servingZone, prefix, band].join(' ');

/** The first override of a key goes before later ones. */
export function compileAgreedRows(overrides: readonly PriceOverride[]): AgreedRows {
  const byKey = new Map<string, { overrideId: string; entry: RateEntry }>();
  for (const { overrideId, price } of overrides)
    if (price.kind === 'deckRate' && !byKey.has(keyOf(price.entry)))
      byKey.set(keyOf(price.entry), { overrideId, entry: price.entry });
  const agreed = [...byKey.values()];
  const overrideIds = new Map<CompiledEntry, string>();
  const tables = compileRows(
    agreed.map(({ entry }) => entry),
    (row, at) => overrideIds.set(row, agreed[at]!.overrideId),
  );
  return { tables, overrideIds };
}

/** The agreed row for a usage in a time band, where it goes before the deck's rows; the deck's own is `listed`. */
export function agreedRowFor(
  agreed: AgreedRows,
  deck: RateTables,
  servingZone: string,
  usage: Destination,
  band: string,
): CompiledEntry | undefined {
  const own = agreed.tables.get(servingZone)?.[usage.usageType];
  if (own === undefined) return undefined;
  const found = rowFor(besides(own, deck.get(servingZone)?.[usage.usageType]), usage);
  if (found === undefined) return undefined;
  const { row, listed } = found;
  if (row === null) return undefined;
  const agreedRow = rowIn(row, band);
  const listedRow = listed && rowIn(listed, band);
  // A row for any time takes the place of the deck's row for any time, not of those for a band.
  const isKept = agreedRow === row && listedRow !== null && listedRow !== listed;
  return agreedRow.price === null || isKept ? undefined : agreedRow;
}

interface Found {
  /** The agreed row; `null`: the deck's own is more precise. */
  row: CompiledEntry | null;
  /** The deck's row of the same key; `null`: none. */
  listed: CompiledEntry | null;
}

const foundIn = (row: CompiledEntry | undefined, listed: CompiledEntry | undefined): Found | undefined =>
  row === undefined && listed === undefined ? undefined : { row: row ?? null, listed: listed ?? null };

/** Both as one table: the longer prefix wins, and of one prefix the agreed row. */
function besides(
  own: DestinationRows<CompiledEntry>,
  deck: DestinationRows<CompiledEntry> | undefined,
): DestinationRows<Found> {
  const longest = (number: string): Found | undefined => {
    const row = own.digits.longest(number);
    const listed = deck?.digits.longest(number);
    if (row === undefined || listed === undefined) return foundIn(row, listed);
    if (row.prefix.length > listed.prefix.length) return { row, listed: null };
    return { row: row.prefix.length === listed.prefix.length ? row : null, listed };
  };
  return {
    digits: {
      get: (digits) => foundIn(own.digits.get(digits), deck?.digits.get(digits)),
      longest,
    },
    named: {
      size: own.named.size + (deck?.named.size ?? 0),
      get: (name) => foundIn(own.named.get(name), deck?.named.get(name)),
    },
    data: foundIn(own.data, deck?.data),
  };
}
