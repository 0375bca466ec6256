import { limitOf, type Draw } from '../buckets/draw-allowances';
import { servingZoneOf } from '../deck/compile-deck';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CallCost, KnownSums } from './cost-of-call';
import type { ExplainedPart, ExplainedSpan, Explanation } from './explanation';
import type { PricedPart } from './price-for';

const allDecimals = 6;

function explainPart(
  { stretch, entry, rule, price, charged, drawn, key }: PricedPart,
  used: ExplainedPart['used'],
  sums: KnownSums,
): ExplainedPart {
  const { deck, band } = stretch;
  const part: ExplainedPart = {
    deck: deck.label,
    prefix: entry?.prefix ?? '',
    rate: price.rate,
    perUnits: price.perUnits,
    increments: price.increments,
    used,
    chargedQuantity: charged,
    summedBefore: key === null ? 0 : (sums.get(key)?.charged ?? 0),
  };
  if (band !== '') part.band = band;
  if (rule !== null) {
    part.price = rule.priceId;
    part.priceName = rule.name;
  }
  if (price.model !== 'perUnit') part.model = price.model;
  if (drawn.limitedBy !== null) Object.assign(part, limitOf(drawn));
  return part;
}

/** Every step from the record to its amount, as data. `sums`: as they were before the record. */
export function explain(
  { offering }: GuidedUsage,
  parts: readonly PricedPart[],
  { connectMicro, limitMicro }: CallCost,
  { used }: Draw,
  sums: KnownSums,
): Explanation {
  const first = parts[0]!;
  const { roundAt, rounding, decimals } = first.price;
  const explanation: Explanation = {
    ...explainPart(first, used, sums),
    servingZone: first.place.servingZone,
    connectMicro,
    roundAt,
    rounding,
    offering: offering.label,
  };
  if (decimals !== allDecimals) explanation.decimals = decimals;
  if (limitMicro !== null) explanation.limitMicro = limitMicro;
  if (parts.length > 1) {
    explanation.chargedQuantity = parts.reduce((sum, { charged }) => sum + charged, 0);
    explanation.spans = parts.map((part) => spanOf(part, sums));
  }
  return explanation;
}

const spanOf = (part: PricedPart, sums: KnownSums): ExplainedSpan => ({
  ...explainPart(part, [...part.used], sums),
  fromUnits: part.fromUnits,
  toUnits: part.toUnits,
  zone: part.place.zone,
});

export const freeZone = 'free';

export const explainFree = ({ deck, record, offering }: GuidedUsage): Explanation => ({
  deck: deck.label,
  prefix: record.otherParty,
  servingZone: servingZoneOf(deck, record.network) ?? '',
  rate: '0',
  perUnits: 1,
  increments: '1/1',
  used: [],
  chargedQuantity: 0,
  connectMicro: 0,
  roundAt: 'record',
  rounding: 'halfUp',
  summedBefore: 0,
  offering: offering.label,
});
