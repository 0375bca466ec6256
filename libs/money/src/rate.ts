import type { Micro } from './micro';
import { divideRounded, type RoundingMode } from './rounding';
import { exactInteger, safeNumber } from './safe-integer';

/** A price of one unit or a percentage, as it travels and is stored: "0.0125", at most 12 decimals. */
export type Rate = string;

const rateDigits = 12;
const rateScale = 10n ** BigInt(rateDigits);
const microScale = 1_000_000n;

const plainDecimal = /^(?<sign>-?)(?<whole>0|[1-9]\d{0,14})(?:\.(?<decimals>\d{1,12}))?$/;

/** The exact value at 10^-12. No exponent, no "+", no bare point, no leading zeros: one way to write a rate. */
export const parseRate = (text: Rate): bigint => {
  const { sign, whole, decimals = '' } = plainDecimal.exec(text)?.groups ?? {};
  if (whole === undefined) {
    throw new RangeError(
      `Not a rate: "${text}" (expected a plain decimal with at most ${rateDigits} decimals, such as "0.0125")`,
    );
  }
  const scaled = BigInt(whole + decimals.padEnd(rateDigits, '0'));
  return sign === '-' ? -scaled : scaled;
};

export const isRate = (text: string): boolean => plainDecimal.test(text);

/** rate x quantity / perUnits: 0.10 a MB for 44 bytes is rateTimes('0.10', 44, 1_000_000, mode). */
export const rateTimes = (
  rate: Rate,
  quantity: bigint | number,
  perUnits: bigint | number,
  mode: RoundingMode,
): Micro => {
  const per = exactInteger(perUnits, 'Units per rate');
  if (per <= 0n) throw new RangeError(`Units per rate must be positive, got ${per}`);
  const numerator = parseRate(rate) * exactInteger(quantity, 'Quantity') * microScale;
  return safeNumber(divideRounded(numerator, per * rateScale, mode), 'Micro amount');
};

/** percentageOf(1299, '8.875', mode): a tax or a discount on minor (or micro) units. */
export const percentageOf = (minor: number, percent: Rate, mode: RoundingMode): number =>
  safeNumber(
    divideRounded(exactInteger(minor, 'Amount') * parseRate(percent), 100n * rateScale, mode),
    'Amount',
  );
