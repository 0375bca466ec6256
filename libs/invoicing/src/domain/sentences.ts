import { addDays, type LocalDate, type ProrationUnit } from '@tollkeeper/calendar';
import { formatMoney } from '@tollkeeper/money';
import type { CreditPlan } from '../corrections/domain/credit-note';
import type { BillLine, BillTax } from './bill';
import { dateText } from './bill-text';
import { chargeOfReturn } from './charge-lines';
import { netOf } from './line-parts';

/** What a sentence is filled with: amounts and dates as the language writes them. */
type Values = Record<string, string>;

/** One table for each language; a tenant's customers read the first one that matches theirs. */
interface Sentences {
  line(values: Values): string;
  days: Record<ProrationUnit, (values: Values) => string>;
  daysBefore(values: Values): string;
  givenBack(values: Values): string;
  minimum(values: Values): string;
  termination(values: Values): string;
  discount(values: Values): string;
  records(values: Values): string;
  tax(values: Values): string;
  counted(values: Values): string;
  /** A rate as the tax table writes it, in this language. */
  rate(text: string): string;
  keeps: string;
  credit: Record<CreditPlan['kind'], (values: Values) => string>;
  date(on: LocalDate): string;
}

const german = (on: LocalDate): string => {
  const [year, month, day] = on.split('-').map(Number);
  return `${day}.${month}.${year}`;
};

const germanWords: [RegExp, string][] = [
  [/(\d)\.(\d)/g, '$1,$2'],
  [/ a line and month/, ' je Anschluss und Monat'],
  [/ a minute/, ' je Minute'],
  [/ of (.*) of the charge/, ' von $1 des Entgelts'],
  [/grossed up/, 'hochgerechnet'],
  [/capped/, 'gedeckelt'],
  [/in steps/, 'in Stufen'],
];
const germanRate = (text: string): string =>
  germanWords.reduce((said, [words, german]) => said.replace(words, german), text);

const tables: Record<'en' | 'de', Sentences> = {
  en: {
    line: ({ what, from, to, net }) => `${what}, ${from} to ${to}: ${net} before tax`,
    days: {
      actualDays: ({ days, of, price }) => ` (${days} of ${of} days at ${price})`,
      thirtyDayMonth: ({ days, of, price }) => ` (${days} of ${of} days of months of 30 at ${price})`,
      second: ({ days, of, price }) => ` (${days} of ${of} seconds at ${price})`,
    },
    daysBefore: ({ before }) => `, ${before} before them are billed already`,
    givenBack: ({ what }) => `${what}, given back`,
    minimum: ({ least, counted }) => `; at least ${least}, of which ${counted} are reached`,
    termination: ({ months, agreed }) => `; months of the term left: ${months}, agreed ${agreed}`,
    discount: ({ list, discount }) => `; list price ${list}, discounts ${discount}`,
    records: ({ records }) => `; from ${records} usage records`,
    tax: ({ name, place, rate, base, tax, law }) =>
      `${name} (${place}): ${rate} of ${base} is ${tax}; ${law}`,
    counted: ({ name, place, rate, units, tax, law }) =>
      `${name} (${place}): ${units} x ${rate} is ${tax}; ${law}`,
    rate: (text) => text,
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
    days: {
      actualDays: ({ days, of, price }) => ` (${days} von ${of} Tagen zu ${price})`,
      thirtyDayMonth: ({ days, of, price }) => ` (${days} von ${of} Tagen, Monate zu 30, zu ${price})`,
      second: ({ days, of, price }) => ` (${days} von ${of} Sekunden zu ${price})`,
    },
    daysBefore: ({ before }) => `, ${before} davor sind schon berechnet`,
    givenBack: ({ what }) => `${what}, Rückgabe`,
    minimum: ({ least, counted }) => `; mindestens ${least}, davon ${counted} erreicht`,
    termination: ({ months, agreed }) => `; Restlaufzeit in Monaten: ${months}, vereinbart ${agreed}`,
    discount: ({ list, discount }) => `; Listenpreis ${list}, Nachlässe ${discount}`,
    records: ({ records }) => `; aus ${records} Nutzungsdatensätzen`,
    tax: ({ name, place, rate, base, tax, law }) =>
      `${name} (${place}): ${rate} auf ${base} sind ${tax}; ${law}`,
    counted: ({ name, place, rate, units, tax, law }) =>
      `${name} (${place}): ${units} x ${rate} sind ${tax}; ${law}`,
    rate: germanRate,
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

type Language = keyof typeof tables;

/** `de-AT` reads German; a language without a table reads English. */
export const languageOf = (language: string): Language =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

const moneyIn = (language: Language, currency: string) => (minor: number) =>
  formatMoney({ minor, currency }, language).replace(/[\u00a0\u202f]/g, ' ');

export function lineSentence(line: BillLine, currency: string, language: Language): string {
  const [table, money] = [tables[language], moneyIn(language, currency)];
  const { from, to, proration, price, amountMinor, records, minimum, termination } = line;
  const net = netOf(line);
  const period = { from: table.date(from), to: table.date(addDays(to, -1)) };
  const part = proration && {
    days: String(proration.numerator),
    of: String(proration.denominator),
    price: money(price?.amountMinor ?? amountMinor),
  };
  const before = isReturn(line) ? 0 : (proration?.before ?? 0);
  return [
    table.line({ what: whatOf(line, table), ...period, net: money(net) }),
    part && !minimum ? table.days[proration?.unit ?? 'actualDays'](part) : '',
    before > 0 ? table.daysBefore({ before: String(before) }) : '',
    minimum ? table.minimum({ least: money(minimum.leastMinor), counted: money(minimum.countedMinor) }) : '',
    termination
      ? table.termination({ months: String(termination.monthsLeft), agreed: money(termination.agreedMinor) })
      : '',
    net + (line.taxInsideMinor ?? 0) === amountMinor
      ? ''
      : table.discount({
          list: money(amountMinor),
          discount: money(net + (line.taxInsideMinor ?? 0) - amountMinor),
        }),
    records > 0 ? table.records({ records: String(records) }) : '',
  ].join('');
}

const isReturn = ({ chargeKey }: BillLine): boolean =>
  chargeKey !== null && chargeOfReturn(chargeKey) !== null;

const whatOf = (line: BillLine, table: Sentences): string =>
  isReturn(line)
    ? table.givenBack({ what: line.description.replace(/, given back$/, '') })
    : line.description;

export function taxSentence(tax: BillTax, currency: string, language: Language): string {
  const [table, money] = [tables[language], moneyIn(language, currency)];
  const { name, jurisdiction: place, rate, percent, baseMinor, amountMinor, law, units } = tax;
  const values = { name, place, law, base: money(baseMinor), tax: money(amountMinor) };
  const rated = { ...values, rate: table.rate(rate ?? `${percent ?? ''} %`) };
  const said =
    percent === null && baseMinor === 0 && units !== undefined
      ? table.counted({ ...rated, units: String(units) })
      : table.tax(rated);
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
