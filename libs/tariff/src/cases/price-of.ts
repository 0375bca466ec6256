import type { ChargeModel, PriceTier } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import type { EventsBefore } from '../prices/charge';
import { compileCharge } from '../prices/compile-price';
import { exact, type Exact, plus, zero } from '../prices/exact';

/** Exact amounts as a person writes them: micro 51_234_500 is 51.2345. */
export function decimal({ numerator, denominator }: Exact): string {
  const scaled = numerator * 10n ** 6n;
  if (scaled % denominator !== 0n) throw new Error(`${numerator}/${denominator} has no end`);
  const digits = String(scaled / denominator < 0n ? -scaled / denominator : scaled / denominator).padStart(
    13,
    '0',
  );
  const text = `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '');
  return numerator < 0n ? `-${text}` : text;
}

export const million = 1_000_000;
/** Units with decimals are counted in millionths, as events are. */
const millionths = (units: string): bigint => parseRate(units) / 1_000_000n;
const inMillionths = ({ upTo, perUnits, block, ...tier }: PriceTier): PriceTier => ({
  ...tier,
  upTo: upTo === null ? null : Math.round(upTo * million),
  perUnits: Math.round(perUnits * million),
  ...(block ? { block: Math.round(block * million) } : {}),
});

/** What a quantity costs that is the first of its sum. */
export function priceOf(model: ChargeModel, units: string): string {
  const charge = compileCharge(model);
  if (charge.counts === 'events') throw new Error('priced by events');
  return decimal(exact(charge.of(millionths(units)), charge.denominator));
}

/** What events with so much money cost together. */
export function priceOfEvents(model: ChargeModel, ...amounts: string[]): string {
  const charge = compileCharge(model);
  if (charge.counts !== 'events') throw new Error('priced by units');
  let before: EventsBefore = { events: 0, money: 0n };
  let sum = zero;
  for (const money of amounts.map(parseRate)) {
    sum = plus(sum, exact(charge.next(before, money), charge.denominator));
    before = { events: before.events + 1, money: before.money + money };
  }
  return decimal(sum);
}

export const graduated = (...tiers: PriceTier[]): ChargeModel => ({
  model: 'graduated',
  tiers: tiers.map(inMillionths),
});
export const volume = (...tiers: PriceTier[]): ChargeModel => ({
  model: 'volume',
  tiers: tiers.map(inMillionths),
});
export const tier = (upTo: number | null, rate: string, change: Partial<PriceTier> = {}): PriceTier => ({
  upTo,
  rate,
  perUnits: 1,
  ...change,
});
/** Blocks of `size` at a price each, up to so many units. */
export const blocks = (upTo: number | null, size: number, price: string): PriceTier =>
  tier(upTo, price, { perUnits: size, block: size });
