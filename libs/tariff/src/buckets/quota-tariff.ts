import type { PriceStep, RoundingMode, UsagePrice } from '@tollkeeper/contracts';
import { divideRounded, type Micro, parseRate } from '@tollkeeper/money';

/** What units cost while they are asked for: exact, rounded once for all units of an answer. */
export interface QuotaTariff {
  connectFee: Micro;
  /** The most that the usage may cost, connect fee included; `null`: no limit. */
  maxCharge: Micro | null;
  /** At the limit the rest is free, or nothing more is granted. */
  beyond: 'free' | 'disconnect';
  steps: QuotaStep[];
  rounding: RoundingMode;
  decimals: number;
}

interface QuotaStep {
  from: number;
  /** Price of one increment is `rate * increment / perUnits`; the rate is at 10^-12. */
  rate: bigint;
  perUnits: bigint;
  increment: number;
}

const rateDecimals = 12;
const microDecimals = 6;

const microOf = (amount: string): Micro =>
  Number(divideRounded(parseRate(amount), 10n ** BigInt(rateDecimals - microDecimals), 'halfUp'));

const quotaStep = ({ from, rate, perUnits, increment }: PriceStep): QuotaStep => ({
  from,
  rate: parseRate(rate),
  perUnits: BigInt(perUnits),
  increment,
});

/** Of prices by the unit, by steps, or for each event: those that a price per call can be asked for before it ends. */
export function quotaTariff(price: UsagePrice, beyond: QuotaTariff['beyond'] = 'free'): QuotaTariff {
  return {
    connectFee: microOf(price.connectFee ?? '0'),
    maxCharge: price.maxCharge === undefined ? null : microOf(price.maxCharge),
    beyond,
    steps: stepsOf(price).map(quotaStep),
    rounding: price.rounding ?? 'halfUp',
    decimals: price.decimals ?? microDecimals,
  };
}

function stepsOf({ charge, initialIncrement = 1, nextIncrement = 1 }: UsagePrice): PriceStep[] {
  switch (charge.model) {
    case 'steps':
      return [...charge.steps].sort((left, right) => left.from - right.from);
    case 'perUnit': {
      const { rate, perUnits } = charge;
      const first = { from: 0, rate, perUnits, increment: initialIncrement };
      return initialIncrement === nextIncrement
        ? [first]
        : [first, { from: initialIncrement, rate, perUnits, increment: nextIncrement }];
    }
    case 'package': {
      const { size, amount, freeUnits = 0, counts } = charge;
      if (counts === 'full') throw knownAfterwards(charge.model);
      const started = { from: freeUnits, rate: amount, perUnits: size, increment: size };
      return freeUnits === 0 ? [started] : [{ from: 0, rate: '0', perUnits: 1, increment: 1 }, started];
    }
    default:
      throw knownAfterwards(charge.model);
  }
}

const knownAfterwards = (model: string): RangeError =>
  new RangeError(`a price by ${model} is known only afterwards: no quota can be granted by it`);

/** At 10^-12 over a common denominator, so that nothing is rounded before the end. */
interface Exact {
  numerator: bigint;
  denominator: bigint;
}

/**
 * Units `from` to `from + units` of a call, without the connect fee. An increment that began holds until it is full, also
 * where the price changes within; the last one is always full.
 */
function exactCost({ steps }: QuotaTariff, from: number, units: number): Exact {
  const denominator = steps.reduce((product, { perUnits }) => product * perUnits, 1n);
  let numerator = 0n;
  let at = from;
  const end = from + units;
  steps.forEach(({ rate, perUnits, increment }, index) => {
    const until = Math.min(end, steps[index + 1]?.from ?? Infinity);
    if (at >= until) return;
    const count = Math.ceil((until - at) / increment);
    numerator += rate * BigInt(count) * BigInt(increment) * (denominator / perUnits);
    at += count * increment;
  });
  return { numerator, denominator };
}

/** Rounded once, to the tariff's decimals; the fee counts towards the limit. */
export function costOf(tariff: QuotaTariff, from: number, units: number, fee: Micro): Micro {
  const { numerator, denominator } = exactCost(tariff, from, units);
  const { rounding, decimals, maxCharge } = tariff;
  const exact = numerator + BigInt(fee) * 10n ** BigInt(rateDecimals - microDecimals) * denominator;
  const rounded = divideRounded(exact, denominator * 10n ** BigInt(rateDecimals - decimals), rounding);
  const cost = rounded * 10n ** BigInt(microDecimals - decimals);
  return maxCharge !== null && cost > BigInt(maxCharge) ? maxCharge : Number(cost);
}

/** Units from a position of the call on until the first that costs more than so much for so many. */
export function unitsWithinRate(
  { steps }: QuotaTariff,
  from: number,
  { rate, perUnits }: { rate: string; perUnits: number },
): number {
  const most = parseRate(rate);
  const dearer = steps.find(
    (step, index) =>
      (steps[index + 1]?.from ?? Infinity) > from && step.rate * BigInt(perUnits) > most * step.perUnits,
  );
  return dearer === undefined ? Infinity : Math.max(0, dearer.from - from);
}

/** The most units up to `asked` that cost no more than `money`: cost never falls as units rise. */
export function mostUnits(
  tariff: QuotaTariff,
  from: number,
  asked: number,
  { fee, money }: { fee: Micro; money: Micro },
): number {
  const isPayable = (units: number): boolean =>
    costOf(tariff, from, units, fee) <= money && !isBeyond(tariff, from, units, fee);
  if (!isPayable(0)) return 0;
  let [low, high] = [0, asked];
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (isPayable(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const isBeyond = (tariff: QuotaTariff, from: number, units: number, fee: Micro): boolean =>
  tariff.beyond === 'disconnect' &&
  tariff.maxCharge !== null &&
  costOf({ ...tariff, maxCharge: null }, from, units, fee) > tariff.maxCharge;
