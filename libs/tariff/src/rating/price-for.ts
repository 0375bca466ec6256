import type { UsageType } from '@tollkeeper/contracts';
import type { BucketUse } from '../buckets/draw';
import { nothingDrawn, type DrawnPart } from '../buckets/draw-allowances';
import { agreedRowFor } from '../deck/agreed-rows';
import { entryFor, rowIn, servingZoneOf, type CompiledDeck, type CompiledEntry } from '../deck/compile-deck';
import type { UsageFacts } from '../deck/match-usage';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CompiledPrice } from '../prices/compile-price';
import { ruleFor, type CompiledRule } from '../prices/price-rules';
import type { UsageRecord } from '../record/usage-record';
import type { AddedUnits } from './aggregate';

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
  /** What the next record has to know of this one besides its sum. */
  remember: AddedUnits['remember'];
}

const nothingUsed: readonly BucketUse[] = [];

export const emptyPart = (): PricedPart => ({
  record: undefined as never,
  usageType: 'voice',
  zone: '',
  servingZone: '',
  band: '',
  deck: undefined as never,
  entry: null,
  rule: null,
  price: undefined as never,
  fromUnits: 0,
  toUnits: 0,
  included: 0,
  charged: 0,
  drawn: nothingDrawn,
  used: nothingUsed,
  key: null,
  isSession: false,
  eventsKey: null,
  remember: null,
});

/**
 * Finds the first price that fits: of add-ons and agreements, of the plan, then the row agreed with the customer,
 * then the deck's row for the band, then its row for any time. False: nobody priced it, which is never 0.
 */
export function findPrice(part: PricedPart, guided: GuidedUsage, deck: CompiledDeck, band: string): boolean {
  const { record, offering, rules } = guided;
  const servedIn = servingZoneOf(deck, record.network);
  if (servedIn === undefined) return false;
  const entry = rowOf(guided, deck, servedIn, band);
  if (entry === null && !needsNoRow(record.usageType)) return false;
  part.record = record;
  part.usageType = record.usageType;
  part.zone = entry === null ? servedIn : entry.place.zone;
  part.servingZone = servedIn;
  part.band = band;
  part.deck = deck;
  part.entry = entry;
  part.rule = null;
  if (rules !== undefined || offering.rules.length > 0)
    part.rule = (rules && ruleFor(rules, part)) ?? ruleFor(offering.rules, part) ?? null;
  const price = part.rule === null ? entry?.price : part.rule.price;
  if (!price) return false;
  part.price = price;
  return true;
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
