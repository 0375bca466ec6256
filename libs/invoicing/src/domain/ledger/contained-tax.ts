import { divideRounded, parseRate, type RoundingMode } from '@tollkeeper/money';
import type { TaxPart } from './open-item';
import { mergedTaxes } from './proportional-tax';

export interface ContainedRate {
  jurisdiction: string;
  percent: string;
  rounding: RoundingMode;
}

/**
 * The tax contained in a price that includes it: 19 % in 11.90 is 1.90. Several rates tax the same net price, so each
 * takes `percent / (100 + all percents)` of the gross, rounded once by its own rule.
 */
export function containedTax(grossMinor: number, rates: readonly ContainedRate[]): TaxPart[] {
  const percents = rates.map(({ percent }) => parseRate(percent));
  const whole = parseRate('100') + percents.reduce((sum, percent) => sum + percent, 0n);
  const parts = rates.map(({ jurisdiction, rounding }, index) => ({
    jurisdiction,
    amountMinor: Number(divideRounded(BigInt(grossMinor) * (percents[index] ?? 0n), whole, rounding)),
  }));
  return mergedTaxes(parts.filter(({ amountMinor }) => amountMinor !== 0));
}
