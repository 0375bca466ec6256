import { divideRounded, type RoundingMode } from '@tollkeeper/money';
import type { ExactRate } from '@tollkeeper/tax';
import type { TaxPart } from './open-item';
import { mergedTaxes } from './proportional-tax';

export interface ContainedRate {
  jurisdiction: string;
  /** Of the net price. */
  rate: ExactRate;
  rounding: RoundingMode;
  /** Instead of a rate: an amount for each sale. */
  fixedMinor?: number;
}

/**
 * The tax contained in a price that includes it: 19 % in 11.90 is 1.90. Amounts for each sale come off first; several
 * rates tax the same net price, so each takes `rate / (1 + all rates)` of the rest, rounded once by its own rule.
 */
export function containedTax(grossMinor: number, rates: readonly ContainedRate[]): TaxPart[] {
  let restMinor = grossMinor;
  const fixed = rates.map(({ fixedMinor = 0 }) => {
    const taken = Math.min(fixedMinor, Math.max(0, restMinor));
    restMinor -= taken;
    return taken;
  });
  const whole = rates.reduce((product, { rate }) => product * rate.denominator, 1n);
  const shares = rates.map(({ rate }) => (rate.numerator * whole) / rate.denominator);
  const price = whole + shares.reduce((sum, share) => sum + share, 0n);
  const parts = rates.map(({ jurisdiction, rounding }, at) => ({
    jurisdiction,
    amountMinor:
      (fixed[at] ?? 0) + Number(divideRounded(BigInt(restMinor) * (shares[at] ?? 0n), price, rounding)),
  }));
  return mergedTaxes(parts.filter(({ amountMinor }) => amountMinor !== 0));
}
