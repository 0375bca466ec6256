import type { UsageType } from '@tollkeeper/contracts';
import { nothingDrawn, type BucketUse, type DrawnPart } from '../buckets/draw-allowances';
import { agreedRowFor } from '../deck/agreed-rows';
import { entryFor, rowIn, servingZoneOf, type CompiledDeck, type CompiledEntry } from '../deck/compile-deck';
import type { UsageFacts } from '../deck/match-usage';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CompiledPrice } from '../prices/compile-price';
import { ruleFor, type CompiledRule } from '../prices/price-rules';
import type { UsageRecord } from '../record/usage-record';

/** A stretch of a call: what it is to conditions, its price, its units and what allowances gave. Filled step by step. */
export interface PricedPart extends UsageFacts {
  record: UsageRecord;
  usageType: UsageType;
  zone: string;
  servingZone: string;
  band: string;
  deck: CompiledDeck;
  /** The deck's row, also where a price of the plan goes before it. */
  entry: CompiledEntry | null;
  rule: CompiledRule | null;
  price: CompiledPrice;
  /** Where its increments begin and end, in units since the call's start. */
  fromUnits: number;
  toUnits: number;
  included: number;
  charged: number;
  drawn: DrawnPart;
  used: readonly BucketUse[];
  /** Names the sum that the part is rounded in; `null`: with the record. */
  key: string | null;
  isSession: boolean;
  /** Names the sum that counts the price's events. */
  eventsKey: string | null;
}

/**
 * The first price that fits: of add-ons and agreements, of the plan, then the row agreed with the customer, then the deck's
 * row for the band, then its row for any time. `null`: nobody priced it, which is never 0.
 */
export function partAt(guided: GuidedUsage, deck: CompiledDeck, band: string): PricedPart | null {
  const { record, offering, rules } = guided;
  const servedIn = servingZoneOf(deck, record.network);
  if (servedIn === undefined) return null;
  const entry = rowOf(guided, deck, servedIn, band);
  if (entry === null && !needsNoRow(record.usageType)) return null;
  const rowPrice = entry === null ? null : entry.price;
  if (rowPrice === null && rules === undefined && offering.rules.length === 0) return null;
  const part: PricedPart = {
    record,
    usageType: record.usageType,
    zone: entry === null ? servedIn : entry.place.zone,
    servingZone: servedIn,
    band,
    deck,
    entry,
    rule: null,
    price: rowPrice!,
    fromUnits: 0,
    toUnits: 0,
    included: 0,
    charged: 0,
    drawn: nothingDrawn,
    used: [],
    key: null,
    isSession: false,
    eventsKey: null,
  };
  if (rules === undefined && offering.rules.length === 0) return part;
  part.rule = (rules && ruleFor(rules, part)) ?? ruleFor(offering.rules, part) ?? null;
  if (part.rule !== null) part.price = part.rule.price;
  return part.rule === null && rowPrice === null ? null : part;
}

/** Agreed with the customer, or the deck's. */
function rowOf(
  { record, agreedRows }: GuidedUsage,
  deck: CompiledDeck,
  servedIn: string,
  band: string,
): CompiledEntry | null {
  const agreed = agreedRows && agreedRowFor(agreedRows, deck.tables, servedIn, record, band);
  if (agreed !== undefined) return agreed;
  const anyTime = entryFor(deck, servedIn, record);
  return anyTime === undefined ? null : rowIn(anyTime, band);
}

/** Data and services have no destination: a plan's own price is enough. A number without a row is known to nobody. */
const needsNoRow = (usageType: UsageType): boolean => usageType === 'data' || usageType === 'event';
