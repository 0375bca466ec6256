import type { Instant } from '@tollkeeper/calendar';
import type { RateDeckVersion, RateEntry, UsageType } from '@tollkeeper/contracts';
import { compilePrice, priceOfRow, type CompiledPrice } from '../prices/compile-price';
import { compileCalendar, type CompiledCalendar } from '../prices/time-bands';
import { dataRow, type Destination, type DestinationRows, isDigitsRow, rowFor } from './destination';
import { type FreeNumbers, freeNumbersOf } from './free-usage';
import { PrefixTree } from './prefix-tree';

/** Where usage is and goes, as conditions of prices and allowances see it: one object for all rows that say the same. */
export interface Place {
  usageType: UsageType;
  zone: string;
  servingZone: string;
}

/** A row of the deck with its price compiled; rows of one price share it. */
export interface CompiledEntry {
  prefix: string;
  description: string;
  place: Place;
  /** `null` where every row of the key is for a band: at other times it has no price. */
  price: CompiledPrice | null;
  /** The key's rows for a time band. */
  bands: Map<string, CompiledEntry> | null;
}

interface RateTable extends DestinationRows<CompiledEntry> {
  digits: PrefixTree<CompiledEntry>;
  named: Map<string, CompiledEntry>;
}

/** By serving zone. */
export type RateTables = Map<string, Partial<Record<UsageType, RateTable>>>;

export interface CompiledDeck extends FreeNumbers {
  deckId: string;
  version: number;
  /** `retail@3`, as explanations name it. */
  label: string;
  validFrom: Instant;
  servingZones: Map<string, string>;
  /** Networks that were asked for, with their serving zone. */
  networks: Map<string, string>;
  /** A called number that was routed to one of these, as it begins, is the operator's own. */
  ownRoutingNumbers: readonly string[];
  calendar: CompiledCalendar | null;
  tables: RateTables;
}

const mccLength = 3;
const mostNetworks = 10_000;

const isPositive = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

/** Shares equal prices and places: 200,000 rows have a few hundred of them. */
class Compiler {
  private readonly prices = new Map<string, CompiledPrice>();
  private readonly places = new Map<string, Place>();
  readonly tables: RateTables = new Map();

  add(row: RateEntry): CompiledEntry {
    const table = this.tableOf(row);
    const hasDigits = isDigitsRow(row.prefix);
    const found = hasDigits ? table.digits.get(row.prefix) : table.named.get(row.prefix);
    const entry = this.entryOf(row);
    if (found) return join(found, entry, row);
    const added = row.band === undefined ? entry : onlyIn(row.band, entry);
    if (hasDigits) table.digits.add(row.prefix, added);
    else table.named.set(row.prefix, added);
    if (row.prefix === dataRow(row.servingZone)) table.data = added;
    return entry;
  }

  private tableOf({ usageType, servingZone }: RateEntry): RateTable {
    let tables = this.tables.get(servingZone);
    if (!tables) this.tables.set(servingZone, (tables = {}));
    return (tables[usageType] ??= { digits: new PrefixTree(), named: new Map(), data: undefined });
  }

  private entryOf(row: RateEntry): CompiledEntry {
    const { prefix, description } = row;
    return { prefix, description, place: this.placeOf(row), price: this.priceOf(row), bands: null };
  }

  private placeOf({ usageType, zone, servingZone }: RateEntry): Place {
    const key = `${usageType}|${zone}|${servingZone}`;
    let place = this.places.get(key);
    if (!place) this.places.set(key, (place = { usageType, zone, servingZone }));
    return place;
  }

  private priceOf(row: RateEntry): CompiledPrice {
    const key = `${row.roundAt}|${priceKeyOf(row)}`;
    let price = this.prices.get(key);
    if (!price) this.prices.set(key, (price = compiledPriceOf(row)));
    return price;
  }
}

/** Rows with one key are one price: their quantities may be summed before pricing. */
function priceKeyOf(row: RateEntry): string {
  const { zone, rate, perUnits, rounding, initialIncrement, nextIncrement } = row;
  const plain = `${zone}|${rate}/${perUnits}|${rounding}|${initialIncrement}/${nextIncrement}`;
  const { connectFee, maxCharge, decimals } = row;
  if (connectFee === '0' && maxCharge === undefined && decimals === undefined) return plain;
  return `${plain}|${connectFee}|${maxCharge ?? ''}|${decimals ?? ''}`;
}

function compiledPriceOf(row: RateEntry): CompiledPrice {
  const place = `${row.usageType} ${row.prefix} in ${row.servingZone}`;
  if (![row.perUnits, row.initialIncrement, row.nextIncrement].every(isPositive))
    throw new RangeError(`${place}: units and increments are positive whole numbers`);
  if (row.rate.startsWith('-')) throw new RangeError(`${place}: a price is never negative`);
  try {
    return compilePrice(priceOfRow(row), priceKeyOf(row));
  } catch (error) {
    throw new RangeError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const onlyIn = (band: string, entry: CompiledEntry): CompiledEntry => ({
  ...entry,
  price: null,
  bands: new Map([[band, entry]]),
});

/** A key has one row for any time and one for each band. */
function join(found: CompiledEntry, entry: CompiledEntry, row: RateEntry): CompiledEntry {
  const { usageType, servingZone, prefix, band } = row;
  const key = `${usageType}|${servingZone} prefix ${prefix}`;
  if (band === undefined) {
    if (found.price) throw new RangeError(`two rates for ${key}`);
    return Object.assign(found, { ...entry, bands: found.bands });
  }
  found.bands ??= new Map();
  if (found.bands.has(band)) throw new RangeError(`two rates for ${key} in band ${band}`);
  found.bands.set(band, entry);
  return entry;
}

/** Throws a RangeError that names the row that cannot be priced; `named` is told each row as it is found later. */
export function compileRows(
  rows: readonly RateEntry[],
  named: (row: CompiledEntry, at: number) => void = () => undefined,
): RateTables {
  const compiler = new Compiler();
  rows.forEach((row, at) => named(compiler.add(row), at));
  for (const tables of compiler.tables.values())
    for (const table of Object.values(tables)) table.digits.pack();
  return compiler.tables;
}

/** Throws a RangeError that names the entry when the deck cannot be rated from. */
export function compileDeck(deck: RateDeckVersion, entries: readonly RateEntry[]): CompiledDeck {
  return {
    deckId: deck.deckId,
    version: deck.version,
    label: `${deck.deckId}@${deck.version}`,
    validFrom: deck.validFrom,
    servingZones: new Map(deck.servingZones.map(({ network, servingZone }) => [network, servingZone])),
    networks: new Map(),
    ...freeNumbersOf(deck),
    ownRoutingNumbers: deck.ownRoutingNumbers ?? [],
    calendar: deck.calendar ? compileCalendar(deck.calendar) : null,
    tables: compileRows(entries),
  };
}

/** A network of its own goes before its country; a network that was asked for once is found at once. */
export function servingZoneOf({ servingZones, networks }: CompiledDeck, network: string): string | undefined {
  const known = networks.get(network);
  if (known !== undefined) return known;
  const servingZone = servingZones.get(network) ?? servingZones.get(network.slice(0, mccLength));
  if (servingZone !== undefined && networks.size < mostNetworks) networks.set(network, servingZone);
  return servingZone;
}

/** The row for a usage in a serving zone. */
export function entryFor(
  deck: CompiledDeck,
  servingZone: string,
  usage: Destination,
): CompiledEntry | undefined {
  const table = deck.tables.get(servingZone)?.[usage.usageType];
  return table && rowFor(table, usage);
}

/** The row for a time band, else the row for any time. */
export const rowIn = (entry: CompiledEntry, band: string): CompiledEntry =>
  (band === '' ? undefined : entry.bands?.get(band)) ?? entry;
