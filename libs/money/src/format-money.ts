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

/** Locales times currencies: few. To make one takes longer than to use it a thousand times. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const name = `${locale}/${currency}`;
  const known = formats.get(name);
  if (known) return known;
  const digits = minorDigits(currency);
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...options });
  if (formats.size < mostFormats) formats.set(name, format);
  return format;
}

const mostFormats = 1_000;

/** Intl groups and places the symbol; the digits come from the ISO table and the value goes in as a decimal string. */
export const formatMoney = (amount: Money, locale = 'en'): string =>
  formatOf(locale, amount.currency).format(decimalOf(amount));
