import { addDays, type LocalDate } from '@tollkeeper/calendar';
import { formatMoney } from '@tollkeeper/money';
import type { CreditPlan } from '../corrections/domain/credit-note';
import type { BillLine, BillTax } from './bill';
import { dateText } from './bill-text';
import { netOf } from './line-parts';

/** What a sentence is filled with: amounts and dates as the language writes them. */
type Values = Record<string, string>;

/** One table for each language; a tenant's customers read the first one that matches theirs. */
interface Sentences {
  line(values: Values): string;
  days(values: Values): string;
  discount(values: Values): string;
  records(values: Values): string;
  tax(values: Values): string;
  keeps: string;
  credit: Record<CreditPlan['kind'], (values: Values) => string>;
  date(on: LocalDate): string;
}

const german = (on: LocalDate): string => {
  const [year, month, day] = on.split('-').map(Number);
  return `${day}.${month}.${year}`;
};

const tables: Record<'en' | 'de', Sentences> = {
  en: {
    line: ({ what, from, to, net }) => `${what}, ${from} to ${to}: ${net} before tax`,
    days: ({ days, of, price }) => ` (${days} of ${of} days at ${price})`,
    discount: ({ list, discount }) => `; list price ${list}, discounts ${discount}`,
    records: ({ records }) => `; from ${records} usage records`,
    tax: ({ name, place, rate, base, tax, law }) =>
      `${name} (${place}): ${rate} of ${base} is ${tax}; ${law}`,
    keeps: '; it stays when a part of a charge is credited',
    credit: {
      full: ({ invoice, total, tax, open, freed }) =>
        `Invoice ${invoice} is cancelled: ${total} with ${tax} of tax is given back, ${open} off what is open, ${freed} that had been paid.`,
      partial: ({ invoice, total, tax, open, freed }) =>
        `Invoice ${invoice} is lowered by ${total} with ${tax} of tax, ${open} off what is open, ${freed} that had been paid.`,
      exGratia: ({ invoice, total }) =>
        `${total} of goodwill for invoice ${invoice}: no price changes and no tax; it pays what comes next.`,
    },
    date: dateText,
  },
  de: {
    line: ({ what, from, to, net }) => `${what}, ${from} bis ${to}: ${net} vor Steuern`,
    days: ({ days, of, price }) => ` (${days} von ${of} Tagen zu ${price})`,
    discount: ({ list, discount }) => `; Listenpreis ${list}, Nachlässe ${discount}`,
    records: ({ records }) => `; aus ${records} Nutzungsdatensätzen`,
    tax: ({ name, place, rate, base, tax, law }) =>
      `${name} (${place}): ${rate} auf ${base} sind ${tax}; ${law}`,
    keeps: '; sie bleibt, wenn ein Teil eines Entgelts gutgeschrieben wird',
    credit: {
      full: ({ invoice, total, tax, open, freed }) =>
        `Rechnung ${invoice} ist storniert: ${total} einschließlich ${tax} Steuern werden zurückgegeben, davon ${open} vom offenen Betrag und ${freed} von bereits Gezahltem.`,
      partial: ({ invoice, total, tax, open, freed }) =>
        `Rechnung ${invoice} wird um ${total} einschließlich ${tax} Steuern gemindert, davon ${open} vom offenen Betrag und ${freed} von bereits Gezahltem.`,
      exGratia: ({ invoice, total }) =>
        `${total} aus Kulanz zu Rechnung ${invoice}: Preis und Steuer bleiben; das Guthaben zahlt die nächste Rechnung.`,
    },
    date: german,
  },
};

export type Language = keyof typeof tables;

/** `de-AT` reads German; a language without a table reads English. */
export const languageOf = (language: string): Language =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

const moneyIn = (language: Language, currency: string) => (minor: number) =>
  formatMoney({ minor, currency }, language).replace(/[\u00a0\u202f]/g, ' ');

export function lineSentence(line: BillLine, currency: string, language: Language): string {
  const [table, money] = [tables[language], moneyIn(language, currency)];
  const { description: what, from, to, proration, price, amountMinor, records } = line;
  const net = netOf(line);
  const days = proration && {
    days: String(proration.numerator),
    of: String(proration.denominator),
    price: money(price?.amountMinor ?? amountMinor),
  };
  const period = { from: table.date(from), to: table.date(addDays(to, -1)) };
  return [
    table.line({ what, ...period, net: money(net) }),
    days ? table.days(days) : '',
    net === amountMinor
      ? ''
      : table.discount({ list: money(amountMinor), discount: money(net - amountMinor) }),
    records > 0 ? table.records({ records: String(records) }) : '',
  ].join('');
}

export function taxSentence(tax: BillTax, currency: string, language: Language): string {
  const [table, money] = [tables[language], moneyIn(language, currency)];
  const { name, jurisdiction: place, rate, percent, baseMinor, amountMinor, law } = tax;
  const values = { name, place, law, base: money(baseMinor), tax: money(amountMinor) };
  const said = table.tax({ ...values, rate: rate ?? `${percent ?? ''} %` });
  return tax.onPartialCredit === 'keep' ? said + table.keeps : said;
}

interface Credited extends Pick<CreditPlan, 'kind' | 'totalMinor' | 'taxMinor'> {
  currency: string;
  invoiceNumber: string;
  openMinor: number;
  freedMinor: number;
}

export function creditSentence(note: Credited, language: Language): string {
  const money = moneyIn(language, note.currency);
  return tables[language].credit[note.kind]({
    invoice: note.invoiceNumber,
    total: money(note.totalMinor),
    tax: money(note.taxMinor),
    open: money(note.openMinor),
    freed: money(note.freedMinor),
  });
}
