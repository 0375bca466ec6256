import type { BucketUse, DrawnPart } from '../buckets/draw-allowances';
import { entryFor, rowIn, servingZoneOf, type CompiledEntry, type Place } from '../deck/compile-deck';
import type { UsageFacts } from '../deck/match-usage';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CompiledPrice } from '../prices/compile-price';
import { ruleFor, type CompiledRule } from '../prices/price-rules';
import type { ChargedPart } from './cost-of-call';
import type { Stretch } from './cut-call';

export interface FoundPrice {
  stretch: Stretch;
  /** The deck's row, also where a price of the plan goes before it. */
  entry: CompiledEntry | null;
  place: Place;
  rule: CompiledRule | null;
  price: CompiledPrice;
  facts: UsageFacts;
}

/** A stretch of a call with its price, its units and what allowances gave. */
export interface PricedPart extends FoundPrice, ChargedPart {
  fromUnits: number;
  included: number;
  drawn: DrawnPart;
  used: readonly BucketUse[];
}

/**
 * The first price that fits: of add-ons and agreements, of the plan, then the deck's row for the band, then its row for any
 * time. `null`: nobody priced it, which is never 0.
 */
export function priceFor(guided: GuidedUsage, stretch: Stretch): FoundPrice | null {
  const { record, offering, rules } = guided;
  const { deck, band } = stretch;
  const servingZone = servingZoneOf(deck, record.network);
  if (servingZone === undefined) return null;
  const anyTime = entryFor(deck, servingZone, record);
  const entry = anyTime ? rowIn(anyTime, band) : null;
  const place = entry === null ? placeWithoutRow(guided, servingZone) : entry.place;
  if (place === null) return null;
  const { usageType, zone } = place;
  const facts: UsageFacts = { record, usageType, zone, servingZone: place.servingZone, band };
  const rule = (rules && ruleFor(rules, facts)) ?? ruleFor(offering.rules, facts) ?? null;
  const price = rule === null ? entry?.price : rule.price;
  return price ? { stretch, entry, place, rule, price, facts } : null;
}

/** Data and services have no destination: a plan's own price is enough. A number without a row is known to nobody. */
const placeWithoutRow = ({ record: { usageType } }: GuidedUsage, servingZone: string): Place | null =>
  usageType === 'data' || usageType === 'event' ? { usageType, zone: servingZone, servingZone } : null;
