import { expect, it } from '@jest/globals';
import type { BillLine, BillTax } from './bill';
import { buildInvoice } from './build-invoice';
import { sampleAccount, sampleInput, sampleSubscription, sampleUsage } from './sample-billing';
import { creditSentence, languageOf, lineSentence, taxSentence } from './sentences';

const bill = buildInvoice(
  sampleInput({
    account: sampleAccount(sampleSubscription('1', 'plan', { activeFrom: '2026-01-22T00:00:00.000Z' })),
    totals: [sampleUsage('1', 'plan', 1_500_000, { records: 3 })],
  }),
)!;
const [fee, calls] = bill.lines as [BillLine, BillLine];
const vat = bill.taxes.find(({ taxId }) => taxId === 'de-telecom') as BillTax;
const perLine = {
  percent: null,
  rate: '0.50 USD a line and month',
  units: 4,
  baseMinor: 0,
  amountMinor: 200,
};
const note = {
  ...{ kind: 'partial' as const, currency: 'EUR', invoiceNumber: 'INV-1' },
  ...{ totalMinor: 384, taxMinor: 61, openMinor: 384, freedMinor: 0 },
};

it.each<[string, string, string]>([
  [
    'a part of a month',
    lineSentence(fee, 'EUR', 'en'),
    'fee, 22 Jan 2026 to 31 Jan 2026: €3.23 before tax (10 of 31 days at €10.00)'.replace(
      'fee,',
      `${fee.description},`,
    ),
  ],
  [
    'in German',
    lineSentence(fee, 'EUR', 'de'),
    `${fee.description}, 22.1.2026 bis 31.1.2026: 3,23 € vor Steuern (10 von 31 Tagen zu 10,00 €)`,
  ],
  [
    'seconds',
    lineSentence(
      { ...fee, proration: { numerator: 864_000, denominator: 2_678_400, unit: 'second' } },
      'EUR',
      'de',
    ),
    `${fee.description}, 22.1.2026 bis 31.1.2026: 3,23 € vor Steuern (864000 von 2678400 Sekunden zu 10,00 €)`,
  ],
  [
    'days of a month of 30, some billed before',
    lineSentence(
      { ...fee, proration: { numerator: 9, denominator: 30, before: 5, unit: 'thirtyDayMonth' } },
      'EUR',
      'en',
    ),
    `${fee.description}, 22 Jan 2026 to 31 Jan 2026: €3.23 before tax (9 of 30 days of months of 30 at €10.00), 5 before them are billed already`,
  ],
  [
    'what is given back, in German',
    lineSentence(
      {
        ...fee,
        description: 'Basic: Line, given back',
        chargeKey: '1/basic/line/givenBack',
        proration: { numerator: 10, denominator: 31, before: 21 },
        amountMinor: -323,
      },
      'EUR',
      'de',
    ),
    'Basic: Line, Rückgabe, 22.1.2026 bis 31.1.2026: -3,23 € vor Steuern (10 von 31 Tagen zu 10,00 €)',
  ],
  [
    'a minimum',
    lineSentence({ ...fee, minimum: { leastMinor: 3000, countedMinor: 2677 } }, 'EUR', 'en'),
    `${fee.description}, 22 Jan 2026 to 31 Jan 2026: €3.23 before tax; at least €30.00, of which €26.77 are reached`,
  ],
  [
    'a price with tax inside is no discount',
    lineSentence({ ...fee, taxInsideMinor: 52 }, 'EUR', 'en'),
    `${fee.description}, 22 Jan 2026 to 31 Jan 2026: €2.71 before tax (10 of 31 days at €10.00)`,
  ],
  [
    'a fee for each line',
    taxSentence({ ...vat, ...perLine }, 'USD', 'en'),
    'VAT telecom (DE): 4 x 0.50 USD a line and month is $2.00; UStG 12',
  ],
  [
    'a fee for each line in German',
    taxSentence({ ...vat, ...perLine }, 'USD', 'de'),
    'VAT telecom (DE): 4 x 0,50 USD je Anschluss und Monat sind 2,00 $; UStG 12',
  ],
  [
    'a share of the charge in German',
    taxSentence({ ...vat, percent: '37.6', rate: '37.6 % of 37.1 % of the charge' }, 'EUR', 'de'),
    'VAT telecom (DE): 37,6 % von 37,1 % des Entgelts auf 3,23 € sind 0,61 €; UStG 12',
  ],
  [
    'usage',
    lineSentence(calls, 'EUR', 'en'),
    'Calls, 1 Jan 2026 to 31 Jan 2026: €1.50 before tax; from 3 usage records',
  ],
  ['a tax', taxSentence(vat, 'EUR', 'en'), 'VAT telecom (DE): 19 % of €3.23 is €0.61; UStG 12'],
  [
    'a tax in German',
    taxSentence(vat, 'EUR', 'de'),
    'VAT telecom (DE): 19 % auf 3,23 € sind 0,61 €; UStG 12',
  ],
  [
    'a fee that stays',
    taxSentence({ ...vat, onPartialCredit: 'keep' }, 'EUR', 'en'),
    'VAT telecom (DE): 19 % of €3.23 is €0.61; UStG 12; it stays when a part of a charge is credited',
  ],
  [
    'a credit note',
    creditSentence(note, 'en'),
    'Invoice INV-1 is lowered by €3.84 with €0.61 of tax, €3.84 off what is open, €0.00 that had been paid.',
  ],
  [
    'a cancelled bill in German',
    creditSentence({ ...note, kind: 'full', openMinor: 0, freedMinor: 384 }, 'de'),
    'Rechnung INV-1 ist storniert: 3,84 € einschließlich 0,61 € Steuern werden zurückgegeben, davon 0,00 € vom offenen Betrag und 3,84 € von bereits Gezahltem.',
  ],
  [
    'goodwill',
    creditSentence({ ...note, kind: 'exGratia', taxMinor: 0 }, 'de'),
    '3,84 € aus Kulanz zu Rechnung INV-1: Preis und Steuer bleiben; das Guthaben zahlt die nächste Rechnung.',
  ],
  [
    'yen have no decimals',
    lineSentence({ ...fee, amountMinor: 323 }, 'JPY', 'en'),
    `${fee.description}, 22 Jan 2026 to 31 Jan 2026: ¥323 before tax (10 of 31 days at ¥1,000)`,
  ],
])('%s', (_, said, expected) => expect(said).toBe(expected));

it('a language without a table reads English', () => {
  expect(['de', 'de-AT', 'en-GB', 'fr', ''].map(languageOf)).toEqual(['de', 'de', 'en', 'en', 'en']);
});
