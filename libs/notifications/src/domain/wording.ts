import type { MessageLanguage } from '@tollkeeper/contracts';
import { formatMoney, type Money } from '@tollkeeper/money';

const months: Record<MessageLanguage, readonly string[]> = {
  en: [
    ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
    ...['August', 'September', 'October', 'November', 'December'],
  ],
  de: [
    ...['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli'],
    ...['August', 'September', 'Oktober', 'November', 'Dezember'],
  ],
};

const monthName = (month: string, language: MessageLanguage): string =>
  months[language][Number(month) - 1] ?? month;

/** `2026-02-15`: `15 February 2026`, `15.02.2026`. What is no date stays as it is. */
export const dayText = (value: unknown, language: MessageLanguage): string =>
  String(value).replace(/^(\d{4})-(\d{2})-(\d{2})$/, (_, year: string, month: string, day: string) =>
    language === 'de' ? `${day}.${month}.${year}` : `${Number(day)} ${monthName(month, 'en')} ${year}`,
  );

/** `2026-03`: `March 2026`, `März 2026`. */
export const monthText = (value: unknown, language: MessageLanguage): string =>
  String(value).replace(
    /^(\d{4})-(\d{2})$/,
    (_, year: string, month: string) => `${monthName(month, language)} ${year}`,
  );

/** With a plain space: what counts its columns in a text mail stays aligned. */
export const amountText = (amount: Money, language: MessageLanguage): string =>
  formatMoney(amount, language).replace(/[\u00a0\u202f]/g, ' ');

const ways: Record<string, Record<MessageLanguage, string>> = {
  bank: { en: 'bank transfer', de: 'Überweisung' },
  cash: { en: 'cash', de: 'Barzahlung' },
  cheque: { en: 'cheque', de: 'Scheck' },
  agent: { en: 'payment at a shop', de: 'Zahlung im Geschäft' },
  voucher: { en: 'voucher', de: 'Gutschein' },
};

const brands: Record<string, string> = {
  amex: 'American Express',
  sepa: 'SEPA',
  ach: 'ACH',
};

const brandName = (brand: string): string =>
  brands[brand] ?? `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`;

/** `visa ending in 4242` and `bank` as people read them. */
export function methodText(method: string, language: MessageLanguage): string {
  const [, brand, digits] = /^(.+) ending in (\w+)$/.exec(method) ?? [];
  if (brand === undefined || digits === undefined) return ways[method]?.[language] ?? method;
  return `${brandName(brand)} ${language === 'de' ? 'mit Endziffern' : 'ending in'} ${digits}`;
}
