import { divideRounded, parseRate, type RoundingMode } from '@tollkeeper/money';

/** A fraction, never rounded: amounts in the major unit's 10^-6, units in ones, as the place says. */
export interface Exact {
  readonly numerator: bigint;
  /** Positive. */
  readonly denominator: bigint;
}

export const zero: Exact = { numerator: 0n, denominator: 1n };

export function greatestCommon(left: bigint, right: bigint): bigint {
  let [a, b] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

export const leastCommonMultiple = (list: readonly bigint[]): bigint =>
  list.reduce((common, each) => (common / greatestCommon(common, each)) * each, 1n);

export function exact(numerator: bigint, denominator: bigint): Exact {
  const common = greatestCommon(numerator, denominator);
  return common <= 1n
    ? { numerator, denominator }
    : { numerator: numerator / common, denominator: denominator / common };
}

export const plus = (left: Exact, right: Exact): Exact =>
  left.denominator === right.denominator
    ? { numerator: left.numerator + right.numerator, denominator: left.denominator }
    : exact(
        left.numerator * right.denominator + right.numerator * left.denominator,
        left.denominator * right.denominator,
      );

export const minus = (left: Exact, { numerator, denominator }: Exact): Exact =>
  plus(left, { numerator: -numerator, denominator });

export const isLess = (left: Exact, right: Exact): boolean =>
  left.numerator * right.denominator < right.numerator * left.denominator;

/** Rounded to whole multiples of the step. */
export const roundedTo = (step: bigint, { numerator, denominator }: Exact, mode: RoundingMode): bigint =>
  divideRounded(numerator, denominator * step, mode) * step;

/** `12/7`, as a state keeps it. */
export const exactText = (value: Exact): string => {
  const { numerator, denominator } = exact(value.numerator, value.denominator);
  return `${numerator}/${denominator}`;
};

export function exactOf(text: string): Exact {
  const [numerator = '0', denominator = '1'] = text.split('/');
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

/** Rates, amounts and percentages are read at 10^-12; amounts are kept at 10^-6. */
export const rateUnitsPerMicro = 10n ** 6n;
export const rateUnit = 10n ** 12n;

/** A decimal string of the major unit. */
export const microOf = (amount: string): Exact => exact(parseRate(amount), rateUnitsPerMicro);
