import type { Instant } from '@tollkeeper/calendar';
import type { RateDeckVersion, RateEntry, UsageType } from '@tollkeeper/contracts';
import { divideRounded, parseRate, rateTimes, type Micro } from '@tollkeeper/money';
import { type Destination, type DestinationRows, isDigitsRow, rowFor } from './destination';
import { type FreeNumbers, freeNumbersOf } from './free-usage';

/** A deck entry with its numbers parsed once: rating a record only multiplies and divides. */
export interface CompiledEntry extends RateEntry {
  connectMicro: Micro;
  numeratorPerUnit: bigint;
  denominator: bigint;
  /** Entries with one key are one price: their quantities may be summed before pricing. */
  priceKey: string;
}

interface PrefixTable extends DestinationRows<CompiledEntry> {
  /** Lengths of digits that occur, longest first: at most 15 look-ups, whatever the size of the deck. */
  lengths: number[];
  entries: Map<string, CompiledEntry>;
}

export interface CompiledDeck extends FreeNumbers {
  deckId: string;
  version: number;
  /** `retail@3`, as explanations name it. */
  label: string;
  validFrom: Instant;
  servingZones: Map<string, string>;
  tables: Map<string, PrefixTable>;
}

const rateDecimals = 12n;
const microScale = 10n ** 6n;
const mccLength = 3;

const tableKey = (usageType: UsageType, servingZone: string): string => `${usageType}|${servingZone}`;

const isPositive = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

function compileEntry(entry: RateEntry): CompiledEntry {
  const place = `${entry.usageType} ${entry.prefix} in ${entry.servingZone}`;
  if (![entry.perUnits, entry.initialIncrement, entry.nextIncrement].every(isPositive)) {
    throw new RangeError(`${place}: units and increments are positive whole numbers`);
  }
  const rate = parseRate(entry.rate);
  if (rate < 0n || parseRate(entry.connectFee) < 0n)
    throw new RangeError(`${place}: a price is never negative`);
  const { rate: price, perUnits, zone, rounding, initialIncrement, nextIncrement } = entry;
  return {
    ...entry,
    connectMicro: rateTimes(entry.connectFee, 1, 1, rounding),
    numeratorPerUnit: rate * microScale,
    denominator: BigInt(perUnits) * 10n ** rateDecimals,
    priceKey: `${zone}|${price}/${perUnits}|${rounding}|${initialIncrement}/${nextIncrement}`,
  };
}

/** Throws a RangeError that names the entry when the deck cannot be rated from. */
export function compileDeck(deck: RateDeckVersion, entries: readonly RateEntry[]): CompiledDeck {
  const tables = new Map<string, PrefixTable>();
  for (const entry of entries) {
    const key = tableKey(entry.usageType, entry.servingZone);
    const table = tables.get(key) ?? {
      lengths: [],
      hasNamed: false,
      entries: new Map<string, CompiledEntry>(),
    };
    if (table.entries.has(entry.prefix)) throw new RangeError(`two rates for ${key} prefix ${entry.prefix}`);
    table.entries.set(entry.prefix, compileEntry(entry));
    tables.set(key, table);
  }
  for (const table of tables.values()) {
    const digits = [...table.entries.keys()].filter(isDigitsRow);
    table.hasNamed = digits.length < table.entries.size;
    const lengths = new Set(digits.map((prefix) => prefix.length));
    table.lengths = [...lengths].sort((left, right) => right - left);
  }
  return {
    deckId: deck.deckId,
    version: deck.version,
    label: `${deck.deckId}@${deck.version}`,
    validFrom: deck.validFrom,
    servingZones: new Map(deck.servingZones.map(({ network, servingZone }) => [network, servingZone])),
    ...freeNumbersOf(deck),
    tables,
  };
}

/** A network of its own goes before its country. */
export const servingZoneOf = (deck: CompiledDeck, network: string): string | undefined =>
  deck.servingZones.get(network) ?? deck.servingZones.get(network.slice(0, mccLength));

function longestPrefix({ lengths, entries }: PrefixTable, text: string): CompiledEntry | undefined {
  for (const length of lengths) {
    if (length > text.length) continue;
    const entry = entries.get(text.slice(0, length));
    if (entry) return entry;
  }
  return undefined;
}

/** The row for a usage in a serving zone. */
export function entryFor(
  deck: CompiledDeck,
  servingZone: string,
  usage: Destination,
): CompiledEntry | undefined {
  const table = deck.tables.get(tableKey(usage.usageType, servingZone));
  return table && rowFor(table, servingZone, usage, (digits) => longestPrefix(table, digits));
}

/** Exact, rounded once by the entry's rule; `null` when the amount leaves the exact integers. */
export function priceOf(entry: CompiledEntry, quantity: number): Micro | null {
  if (quantity === 0 || entry.numeratorPerUnit === 0n) return 0;
  const amount = Number(
    divideRounded(entry.numeratorPerUnit * BigInt(quantity), entry.denominator, entry.rounding),
  );
  return Number.isSafeInteger(amount) ? amount : null;
}

/** 60/1: at least 60, then by the unit. Nothing used is nothing billed: an unanswered call is free. */
export function billedQuantity({ initialIncrement, nextIncrement }: RateEntry, quantity: number): number {
  if (quantity === 0) return 0;
  const beyond = Math.max(0, quantity - initialIncrement);
  return initialIncrement + Math.ceil(beyond / nextIncrement) * nextIncrement;
}
