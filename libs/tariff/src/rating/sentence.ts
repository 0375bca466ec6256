import type { UsageType } from '@tollkeeper/contracts';
import type { ExplainedPart, ExplainedSpan, Explanation } from './explanation';
import { english, type ExplanationWords } from './explanation-words';

/** What a rated record says of itself, beside its explanation. */
export interface ExplainedUsage {
  usageType: UsageType;
  quantity: number;
  billedQuantity: number;
  amountMicro: number;
  currency: string;
  explanation: Explanation;
}

const withoutZeros = (decimal: string): string =>
  decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;

/** Millionths as a decimal without needless zeros: 1_500_000 is "1.5". */
function ofMillion(millionths: number): string {
  const digits = String(Math.abs(millionths)).padStart(7, '0');
  return `${millionths < 0 ? '-' : ''}${withoutZeros(`${digits.slice(0, -6)}.${digits.slice(-6)}`)}`;
}

/** How one record's quantities and money are written. */
interface Writing {
  words: ExplanationWords;
  /** Of the record's kind of usage, or of another one. */
  units: (count: number, of?: UsageType) => string;
  money: (decimal: string) => string;
}

function writingOf({ usageType, currency }: ExplainedUsage, words: ExplanationWords): Writing {
  return {
    words,
    units: (count, of = usageType) => `${of === 'event' ? ofMillion(count) : count} ${words.units[of]}`,
    money: (decimal) => `${withoutZeros(decimal)} ${currency}`,
  };
}

/** The price in words: every rate that units had, never only the first. */
function priceText(part: ExplainedPart, { words, units, money }: Writing): string[] {
  const { model = 'perUnit', rate, perUnits, steps, freeUnits = 0, fullOnly, chargedQuantity } = part;
  if (chargedQuantity === 0) return [];
  switch (model) {
    case 'steps':
    case 'graduated':
      return (steps ?? [{ units: chargedQuantity, rate, perUnits }]).map((step) =>
        words.step(units(step.units), money(step.rate), units(step.perUnits)),
      );
    case 'volume':
      return (steps ?? []).map((step) =>
        words.volume(units(step.units), money(step.rate), units(step.perUnits)),
      );
    case 'package':
      return [
        words.package(
          money(rate),
          units(perUnits),
          freeUnits === 0 ? null : units(freeUnits),
          fullOnly === true ? 'full' : 'started',
        ),
      ];
    case 'percentage':
    case 'graduatedPercentage':
      return [percentText(part, { words, units, money })];
    case 'flat':
      return [words.flat(money(rate))];
    case 'passThrough':
      return [words.passThrough(part.money === undefined ? null : money(part.money))];
    case 'perUnit':
      return [words.rate(money(rate), units(perUnits))];
  }
}

function percentText(
  { model, rate, money: carried, fixed, bounded }: ExplainedPart,
  { words, money }: Writing,
): string {
  return words.percent(
    model === 'graduatedPercentage' ? null : withoutZeros(rate),
    carried === undefined ? null : money(carried),
    fixed === undefined ? null : money(fixed),
    bounded === true,
  );
}

function partText(part: ExplainedPart, servingZone: string, writing: Writing): string[] {
  const { words, units } = writing;
  const { price, priceName, override, prefix, band, limited, beyondLimit } = part;
  return [
    price === undefined ? words.row(prefix, servingZone) : words.price(priceName ?? price),
    ...(override === undefined ? [] : [words.agreed(override)]),
    ...(band === undefined ? [] : [words.band(band)]),
    ...part.used.flatMap(({ bucket, units: taken, usageType }) =>
      usageType === 'money' ? [] : [words.included(units(taken, usageType), bucket)],
    ),
    ...(beyondLimit
      ? [words.beyond(units(beyondLimit.units), beyondLimit.of, beyondLimit.zones.join(', '))]
      : []),
    ...(limited && limited.throttled > 0 ? [words.throttled(units(limited.throttled), limited.by)] : []),
    ...(limited && limited.blocked > 0 ? [words.blocked(units(limited.blocked), limited.by)] : []),
    part.aggregation === undefined
      ? words.charged(units(part.chargedQuantity))
      : words.aggregated(units(part.chargedQuantity), part.aggregation),
    ...priceText(part, writing),
  ];
}

/** One plain sentence: from what was used to what it costs, step by step. */
export function sentenceOf(usage: ExplainedUsage, words: ExplanationWords = english): string {
  const { explanation } = usage;
  const writing = writingOf(usage, words);
  const { units, money } = writing;
  const { spans, offering, deck, servingZone, decimals = 6, roundAt, rounding } = explanation;
  const spanText = (span: ExplainedSpan): string =>
    [
      words.span(words.bare(span.fromUnits), units(span.toUnits)),
      ...partText(span, servingZone, writing),
    ].join(', ');
  const scope = words.scopes[roundAt];
  const parts = [
    words.used(units(usage.quantity), units(usage.billedQuantity), explanation.increments),
    words.plan(offering ?? '?', deck),
    ...(spans ? spans.map(spanText) : partText(explanation, servingZone, writing)),
    ...(explanation.connectMicro > 0 ? [words.connect(money(ofMillion(explanation.connectMicro)))] : []),
    ...(explanation.limitMicro === undefined ? [] : [words.limit(money(ofMillion(explanation.limitMicro)))]),
    ...(explanation.summedBefore > 0 ? [words.summed(units(explanation.summedBefore), scope)] : []),
    words.rounded(words.modes[rounding], decimals, scope),
    ...explanation.used.flatMap(({ bucket, units: micro, usageType: kind }) =>
      kind === 'money' ? [words.paid(money(ofMillion(Math.abs(micro))), bucket, micro < 0)] : [],
    ),
    words.total(money(ofMillion(usage.amountMicro))),
  ];
  return `${parts.join('; ')}.`;
}
