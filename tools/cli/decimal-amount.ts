import { minorDigits } from '@tollkeeper/money';

const microDigits = 6;

/** Of a rated amount, exact: at least the currency's own decimals, at most six. */
export function decimalAmount(amountMicro: number, currency: string): string {
  const text = String(Math.abs(amountMicro)).padStart(microDigits + 1, '0');
  const least = minorDigits(currency);
  const whole = text.slice(0, -microDigits);
  const decimals = text.slice(-microDigits).replace(/0+$/, '').padEnd(Math.min(least, microDigits), '0');
  return `${amountMicro < 0 ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}
