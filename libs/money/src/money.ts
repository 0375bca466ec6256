import { minorDigits } from './currency';
import { safeInteger } from './safe-integer';

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const sameCurrency = (left: string, right: string): void => {
  if (left !== right) throw new RangeError(`Currency mismatch: ${left} and ${right}`);
};

export const money = (minor: number, currency: string): Money => {
  minorDigits(currency);
  return { minor: safeInteger(minor, `Amount in ${currency}`), currency };
};

export const add = (left: Money, right: Money): Money => {
  sameCurrency(left.currency, right.currency);
  return money(left.minor + right.minor, left.currency);
};

export const negate = (amount: Money): Money => money(-amount.minor, amount.currency);

export const subtract = (left: Money, right: Money): Money => add(left, negate(right));

/** The currency is given, so that an empty list has a sum too. */
export const sum = (list: readonly Money[], currency: string): Money => list.reduce(add, money(0, currency));

export const isZero = (amount: Money): boolean => amount.minor === 0;

export const compare = (left: Money, right: Money): -1 | 0 | 1 => {
  sameCurrency(left.currency, right.currency);
  if (left.minor === right.minor) return 0;
  return left.minor < right.minor ? -1 : 1;
};
