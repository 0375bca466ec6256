import type { PriceStep } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { type CompiledCharge, lesserOf } from './charge';
import { leastCommonMultiple, rateUnitsPerMicro } from './exact';

/** One rate for every unit. */
export function perUnitCharge(rate: string, perUnits: number): CompiledCharge {
  const perUnit = parseRate(rate);
  return {
    counts: 'sum',
    denominator: rateUnitsPerMicro * BigInt(perUnits),
    of: (units) => perUnit * units,
  };
}

/** Each unit of a call at the rate of the step it lies in, counted from the start of the call. */
export function stepsCharge(steps: readonly PriceStep[]): CompiledCharge {
  const common = leastCommonMultiple(steps.map(({ perUnits }) => BigInt(perUnits)));
  const compiled = steps.map(({ from, rate, perUnits }, index) => ({
    from: BigInt(from),
    to: index + 1 < steps.length ? BigInt(steps[index + 1]!.from) : null,
    perUnit: parseRate(rate) * (common / BigInt(perUnits)),
  }));
  const of = (units: bigint): bigint => {
    let amount = 0n;
    for (const { from, to, perUnit } of compiled) {
      if (units <= from) break;
      amount += ((to === null ? units : lesserOf(units, to)) - from) * perUnit;
    }
    return amount;
  };
  return { counts: 'call', denominator: rateUnitsPerMicro * common, of };
}
