import type { RoundingMode } from '@tollkeeper/money';
import type { PlainRate } from './compile-price';

/**
 * Quantity x rate in rounded micro, by numbers alone; -1 where the product leaves the exact integers (or the quantity is
 * negative) and big ones must say. Of whole numbers below 2^53 the floor of the quotient is exact: the next whole one is
 * further away than the quotient's rounding.
 */
export function plainMicro(rate: PlainRate, quantity: number, mode: RoundingMode): number {
  const product = quantity * rate.numerator;
  if (!(product >= 0 && product <= Number.MAX_SAFE_INTEGER)) return -1;
  const { denominator } = rate;
  if (denominator === 1) return product <= Number.MAX_SAFE_INTEGER / rate.step ? product * rate.step : -1;
  let quotient = Math.floor(product / denominator);
  const rest = product - quotient * denominator;
  if (rest > 0 && roundsUp(mode, rest * 2 - denominator, quotient)) quotient += 1;
  const micro = quotient * rate.step;
  return micro <= Number.MAX_SAFE_INTEGER ? micro : -1;
}

function roundsUp(mode: RoundingMode, overHalf: number, quotient: number): boolean {
  switch (mode) {
    case 'halfUp':
      return overHalf >= 0;
    case 'halfEven':
      return overHalf > 0 || (overHalf === 0 && quotient % 2 === 1);
    case 'halfDown':
      return overHalf > 0;
    case 'up':
    case 'ceiling':
      return true;
    case 'down':
    case 'floor':
      return false;
  }
}
