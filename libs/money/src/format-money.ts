import { minorDigits } from './currency';
import { money, type Money } from './money';

/** Plain decimal of the major unit, with as many decimals as the currency has: 1299 USD is "12.99". */
export const decimalOf = (amount: Money): `${number}` => {
  const { minor, currency } = money(amount.minor, amount.currency);
  const digits = minorDigits(currency);
  const unsigned = String(Math.abs(minor)).padStart(digits + 1, '0');
  const major = unsigned.slice(0, unsigned.length - digits);
  const decimals = unsigned.slice(unsigned.length - digits);
  return `${minor < 0 ? '-' : ''}${major}${digits > 0 ? `.${decimals}` : ''}` as `${number}`;
};

/** Intl groups and places the symbol; the digits come from the ISO table and the value goes in as a decimal string. */
export const formatMoney = (amount: Money, locale = 'en'): string => {
  const digits = minorDigits(amount.currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: amount.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimalOf(amount));
};
