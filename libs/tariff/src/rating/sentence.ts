import type { UsageType } from '@tollkeeper/contracts';
import type { ExplainedPart, ExplainedSpan, Explanation } from './explanation';

/** What a rated record says of itself, beside its explanation. */
export interface ExplainedUsage {
  usageType: UsageType;
  quantity: number;
  billedQuantity: number;
  amountMicro: number;
  currency: string;
  explanation: Explanation;
}

/** One language's words; another language is another table. */
export interface ExplanationWords {
  units: Record<UsageType, string>;
  used: (units: string, billed: string) => string;
  plan: (offering: string, deck: string) => string;
  row: (prefix: string, servingZone: string) => string;
  price: (name: string) => string;
  rate: (rate: string, perUnits: string, model: string) => string;
  band: (band: string) => string;
  included: (units: string, bucket: string) => string;
  limited: (throttled: string, blocked: string, by: string) => string;
  charged: (units: string) => string;
  span: (from: string, to: string) => string;
  connect: (amount: string) => string;
  limit: (amount: string) => string;
  summed: (units: string, scope: string) => string;
  rounded: (mode: string, decimals: number, scope: string) => string;
  total: (amount: string) => string;
}

const modes = { halfUp: 'half up', halfEven: 'half to even', up: 'up', down: 'down' };
const scopes = { record: 'record', session: 'session', day: 'day', line: 'bill line' };
const models: Record<string, string> = {
  perUnit: '',
  steps: ', in steps from the start of the call',
  package: ', for each started package',
  graduated: ' in the first tier, by graduated tiers',
  volume: ' in the first tier, by the tier of the whole volume',
  percentage: ' of the money that the record carries',
  graduatedPercentage: ' of the money that the record carries in the first tier',
  flat: ' for each event',
  passThrough: ', the price that the record carries',
};

export const english: ExplanationWords = {
  units: { voice: 's', video: 's', sms: 'messages', mms: 'messages', data: 'bytes', event: 'millionths' },
  used: (units, billed) => `${units} used, billed as ${billed}`,
  plan: (offering, deck) => `plan ${offering}, deck ${deck}`,
  row: (prefix, servingZone) => `row "${prefix}" in ${servingZone}`,
  price: (name) => `price "${name}"`,
  rate: (rate, perUnits, model) => `${rate} per ${perUnits}${model}`,
  band: (band) => `band ${band}`,
  included: (units, bucket) => `${units} from allowance ${bucket}`,
  limited: (throttled, blocked, by) => `${throttled} throttled and ${blocked} refused by ${by}`,
  charged: (units) => `${units} charged`,
  span: (from, to) => `from ${from} to ${to}`,
  connect: (amount) => `connect fee ${amount}`,
  limit: (amount) => `limited to ${amount}`,
  summed: (units, scope) => `after ${units} of the same ${scope}`,
  rounded: (mode, decimals, scope) => `rounded ${mode} to ${decimals} decimals for each ${scope}`,
  total: (amount) => `in all ${amount}`,
};

/** Micro as a decimal without needless zeros: 1_500_000 is "1.5 EUR". */
function moneyText(micro: number, currency: string): string {
  const digits = String(Math.abs(micro)).padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
  return `${micro < 0 ? '-' : ''}${text} ${currency}`;
}

function partText(part: ExplainedPart, servingZone: string, unit: string, words: ExplanationWords): string[] {
  const units = (count: number) => `${count} ${unit}`;
  const { price, priceName, prefix, band, limited } = part;
  return [
    price === undefined ? words.row(prefix, servingZone) : words.price(priceName ?? price),
    ...(band === undefined ? [] : [words.band(band)]),
    words.rate(part.rate, rateUnits(part, unit), models[part.model ?? 'perUnit'] ?? ''),
    ...part.used.map(({ bucket, units: taken }) => words.included(units(taken), bucket)),
    ...(limited ? [words.limited(units(limited.throttled), units(limited.blocked), limited.by)] : []),
    words.charged(units(part.chargedQuantity)),
  ];
}

const rateUnits = ({ perUnits, model }: ExplainedPart, unit: string): string =>
  model === 'percentage' || model === 'graduatedPercentage' || model === 'flat' || model === 'passThrough'
    ? String(perUnits)
    : `${perUnits} ${unit}`;

/** One plain sentence: from what was used to what it costs, step by step. */
export function sentenceOf(usage: ExplainedUsage, words: ExplanationWords = english): string {
  const { explanation, usageType, currency } = usage;
  const unit = words.units[usageType];
  const { spans, offering, deck, servingZone, decimals = 6, roundAt, rounding } = explanation;
  const spanText = (span: ExplainedSpan): string =>
    [
      words.span(String(span.fromUnits), `${span.toUnits} ${unit}`),
      ...partText(span, servingZone, unit, words),
    ].join(', ');
  const parts = [
    words.used(`${usage.quantity} ${unit}`, `${usage.billedQuantity} ${unit} (${explanation.increments})`),
    words.plan(offering ?? '?', deck),
    ...(spans ? spans.map(spanText) : partText(explanation, servingZone, unit, words)),
    ...(explanation.connectMicro > 0 ? [words.connect(moneyText(explanation.connectMicro, currency))] : []),
    ...(explanation.limitMicro === undefined
      ? []
      : [words.limit(moneyText(explanation.limitMicro, currency))]),
    ...(explanation.summedBefore > 0
      ? [words.summed(`${explanation.summedBefore} ${unit}`, scopes[roundAt])]
      : []),
    words.rounded(modes[rounding], decimals, scopes[roundAt]),
    words.total(moneyText(usage.amountMicro, currency)),
  ];
  return `${parts.join('; ')}.`;
}
