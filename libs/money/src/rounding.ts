import { exactInteger, safeNumber } from './safe-integer';

/** "up" and "down" go away from and towards zero; ceiling and floor towards plus and minus infinity. */
export const roundingModes = ['halfUp', 'halfEven', 'halfDown', 'up', 'down', 'ceiling', 'floor'] as const;

export type RoundingMode = (typeof roundingModes)[number];

export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

interface Truncated {
  readonly quotient: bigint;
  readonly negative: boolean;
  /** -1, 0 or 1: the dropped rest lies below, on or above the half. */
  readonly restToHalf: number;
}

const awayFromZero: Record<RoundingMode, (truncated: Truncated) => boolean> = {
  halfUp: ({ restToHalf }) => restToHalf >= 0,
  halfDown: ({ restToHalf }) => restToHalf > 0,
  halfEven: ({ restToHalf, quotient }) => restToHalf > 0 || (restToHalf === 0 && quotient % 2n === 1n),
  up: () => true,
  down: () => false,
  ceiling: ({ negative }) => !negative,
  floor: ({ negative }) => negative,
};

export const divideRounded = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint => {
  if (denominator === 0n) throw new RangeError('Cannot divide an amount by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const divisor = magnitude(denominator);
  const quotient = magnitude(numerator) / divisor;
  const rest = magnitude(numerator) % divisor;
  if (rest === 0n) return negative ? -quotient : quotient;

  const twice = rest * 2n;
  const restToHalf = twice === divisor ? 0 : twice > divisor ? 1 : -1;
  const rounded = awayFromZero[mode]({ quotient, negative, restToHalf }) ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
};

/** A part of an amount (minor or micro), such as 17/31 of a monthly fee, rounded once. */
export const fractionOf = (amount: number, fraction: Fraction, mode: RoundingMode): number =>
  safeNumber(
    divideRounded(
      exactInteger(amount, 'Amount') * exactInteger(fraction.numerator, 'Numerator'),
      exactInteger(fraction.denominator, 'Denominator'),
      mode,
    ),
    'Amount',
  );
