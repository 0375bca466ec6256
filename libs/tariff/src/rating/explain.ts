import type { Draw } from '../buckets/draw';
import { limitOf } from '../buckets/draw-allowances';
import { servingZoneOf } from '../deck/compile-deck';
import type { GuidedUsage } from '../guiding/guide-usage';
import type { CallCost, KnownSums } from './cost-of-call';
import { explainPrice } from './explain-price';
import type { ExplainedPart, ExplainedSpan, Explanation } from './explanation';
import type { PricedPart } from './price-for';

const allDecimals = 6;

function addDetails(part: ExplainedPart, priced: PricedPart, { agreedRows }: GuidedUsage): void {
  const { band, rule, price, drawn, entry } = priced;
  if (band !== '') part.band = band;
  if (rule !== null) {
    part.price = rule.priceId;
    part.priceName = rule.name;
  }
  const override = rule === null && entry !== null ? agreedRows?.overrideIds.get(entry) : undefined;
  if (override !== undefined) part.override = override;
  if (price.aggregation !== 'sum') part.aggregation = price.aggregation;
  if (price.model !== 'perUnit')
    Object.assign(part, { model: price.model }, explainPrice(priced, part.summedBefore));
  if (drawn.limitedBy !== null || drawn.beyond !== null) Object.assign(part, limitOf(drawn));
}

const summedBefore = ({ key }: PricedPart, sums: KnownSums): number =>
  key === null ? 0 : (sums.get(key)?.charged ?? 0);

/** Every step from the record to its amount, as data. `sums`: as they were before the record. */
export function explain(
  guided: GuidedUsage,
  parts: readonly PricedPart[],
  cost: CallCost,
  draw: Draw,
  sums: KnownSums,
): Explanation {
  const first = parts[0]!;
  const { price } = first;
  const explanation: Explanation = {
    deck: first.deck.label,
    prefix: first.entry === null ? '' : first.entry.prefix,
    rate: price.rate,
    perUnits: price.perUnits,
    increments: price.increments,
    used: draw.used,
    chargedQuantity: first.charged,
    summedBefore: summedBefore(first, sums),
    servingZone: first.servingZone,
    connectMicro: cost.connectMicro,
    roundAt: price.roundAt,
    rounding: price.rounding,
    offering: guided.offering.label,
  };
  addDetails(explanation, first, guided);
  if (price.decimals !== allDecimals) explanation.decimals = price.decimals;
  if (cost.limitMicro !== null) explanation.limitMicro = cost.limitMicro;
  if (parts.length > 1) {
    explanation.chargedQuantity = parts.reduce((sum, { charged }) => sum + charged, 0);
    explanation.spans = parts.map((part) => spanOf(part, guided, sums));
  }
  return explanation;
}

function spanOf(part: PricedPart, guided: GuidedUsage, sums: KnownSums): ExplainedSpan {
  const { deck, entry, price, used, charged, fromUnits, toUnits, zone } = part;
  const span: ExplainedSpan = {
    deck: deck.label,
    prefix: entry === null ? '' : entry.prefix,
    rate: price.rate,
    perUnits: price.perUnits,
    increments: price.increments,
    used: [...used],
    chargedQuantity: charged,
    summedBefore: summedBefore(part, sums),
    fromUnits,
    toUnits,
    zone,
  };
  addDetails(span, part, guided);
  return span;
}

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
