import { formatMoney } from '@tollkeeper/money';
import type { BillTax } from '../domain/bill';
import { exemptionText, taxText, untaxedText } from '../domain/bill-text';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { ink, type Sheet } from './sheet';

const figure = { align: 'right' } as const;

type Row = [name: string, value: string, style: 'plain' | 'bold' | 'heading'];

/**
 * What the bill comes to. Taxes, fees of governments and the carrier's own recovery fees stand apart: a carrier's charge
 * under a government's heading misleads (47 CFR 64.2401(b); FCC 05-55).
 */
export function printTotals(sheet: Sheet, invoice: InvoiceRow): void {
  const rows = [...rowsOf(invoice), ...creditRows(invoice)];
  sheet.room(rows.length * 16 + 20);
  const x = sheet.left + sheet.width * 0.4;
  for (const [name, value, kind] of rows) {
    const bold = kind === 'bold';
    const style = bold
      ? { size: 11, bold: true, color: ink.dark }
      : kind === 'heading'
        ? { size: 8, color: ink.muted }
        : { size: 9 };
    const height = sheet.text(name, x, sheet.y, sheet.width * 0.45, style);
    sheet.text(value, x + sheet.width * 0.45, sheet.y, sheet.width * 0.15, { ...style, ...figure });
    sheet.y += Math.max(bold ? 20 : 15, height + 4);
  }
  printNotes(sheet, invoice, x);
  sheet.y += 22;
}

function rowsOf(invoice: InvoiceRow): Row[] {
  const { taxes, recoveryFees = [], netMinor, totalMinor } = invoice;
  const rows = (parts: readonly BillTax[]) => parts.map((tax) => taxRow(invoice, tax));
  const own = recoveryFees.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const governmentFees = taxes.filter(({ levy }) => levy === 'governmentFee');
  const heading = (text: string, parts: readonly unknown[]): Row[] =>
    parts.length > 0 && governmentFees.length + recoveryFees.length > 0 ? [[text, '', 'heading']] : [];
  const plain = taxes.filter(({ levy }) => levy !== 'governmentFee');
  return [
    ...(recoveryFees.length > 0 ? [['Charges', amount(invoice, netMinor - own), 'plain'] as Row] : []),
    ...heading('Our own fees (no taxes, not required to be charged)', recoveryFees),
    ...rows(recoveryFees),
    ['Net', amount(invoice, netMinor), 'plain'],
    ...heading('Taxes', plain),
    ...rows(plain),
    ...heading('Government fees', governmentFees),
    ...rows(governmentFees),
    ['Total', amount(invoice, totalMinor), 'bold'],
  ];
}

const taxRow = (invoice: InvoiceRow, tax: BillTax): Row => [
  tax.percent === null ? taxText(tax) : `${taxText(tax)} on ${amount(invoice, tax.baseMinor)}`,
  amount(invoice, tax.amountMinor),
  'plain',
];

const creditRows = (invoice: InvoiceRow): Row[] =>
  invoice.creditAppliedMinor > 0
    ? [
        ['Paid from account credit', amount(invoice, -invoice.creditAppliedMinor), 'plain'],
        ['Amount due', amount(invoice, invoice.openMinor), 'bold'],
      ]
    : [];

function printNotes(sheet: Sheet, invoice: InvoiceRow, x: number): void {
  const { taxes, recoveryFees = [], exemptions = [], untaxed = [], supply } = invoice;
  const width = sheet.width * 0.6;
  const freed = [
    ...exemptions.map(exemptionText),
    ...untaxed
      .filter(({ reason }) => reason !== 'notCharged')
      .map((each) => untaxedText(each, invoice.currency)),
  ].join('\n');
  if (supply?.note) {
    const number = supply.vatNumber ? `, VAT number of the customer ${supply.vatNumber}` : '';
    sheet.y +=
      sheet.text(`${supply.note}${number}`, x, sheet.y, width, { size: 8.5, bold: true, ...figure }) + 3;
  }
  if (freed) sheet.y += sheet.text(freed, x, sheet.y, width, { size: 7.5, ...figure }) + 3;
  const laws = [...new Set([...taxes, ...recoveryFees].map(({ name, law }) => `${name}: ${law}`))].join(
    '  ·  ',
  );
  if (laws) sheet.y += sheet.text(laws, x, sheet.y, width, { size: 7, color: ink.muted, ...figure });
}

const amount = ({ currency }: InvoiceRow, minor: number): string => formatMoney({ minor, currency }, 'en');
