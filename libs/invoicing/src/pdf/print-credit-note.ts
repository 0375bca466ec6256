import { DateTime } from 'luxon';
import type { TenantProfile } from '@tollkeeper/contracts';
import { formatMoney } from '@tollkeeper/money';
import type { CreditNoteRow } from '../corrections/credit-note.schema';
import { addressText, countryText, dateText, periodText, taxText } from '../domain/bill-text';
import type { SellerRow } from '../seller.schema';
import { ink, Sheet } from './sheet';

const letterCountries = new Set(['US', 'CA', 'MX']);
const small = { size: 8, color: ink.muted } as const;
const figure = { align: 'right' } as const;

/** Names the invoice that it corrects (Directive 2006/112/EC Art. 219), what is given back, and why its tax changes. */
export async function printCreditNote(
  note: CreditNoteRow,
  seller: TenantProfile,
  terms: SellerRow,
): Promise<Buffer> {
  const issuedAt = DateTime.fromISO(note.at, { zone: 'utc' }).toJSDate();
  const format = letterCountries.has(seller.country) ? 'LETTER' : 'A4';
  const sheet = new Sheet(format, `Credit note ${note.number}`, issuedAt);
  printHead(sheet, note, seller, terms);
  printLines(sheet, note);
  printTotals(sheet, note);
  const registration = terms.taxRegistration ? `  ·  Tax registration ${terms.taxRegistration}` : '';
  return sheet.finish(`${seller.legalName}  ·  ${seller.addressLines.join(', ')}${registration}`);
}

function printHead(sheet: Sheet, note: CreditNoteRow, seller: TenantProfile, terms: SellerRow): void {
  const half = sheet.width / 2;
  const x = sheet.left + half + 20;
  const width = half - 20;
  const top = sheet.y;
  sheet.text(seller.name, sheet.left, top, half, { size: 17, bold: true, color: ink.accent });
  sheet.text('Credit note', x, top, width, { size: 17, bold: true, color: ink.dark, align: 'right' });
  const own = [
    seller.legalName,
    ...seller.addressLines,
    countryText(seller.country),
    ...(terms.taxRegistration ? [`Tax registration ${terms.taxRegistration}`] : []),
  ];
  const ownHeight = sheet.text(own.join('\n'), sheet.left, top + 26, half, small);
  const facts: [string, string][] = [
    ['Credit note number', note.number],
    ['Issued on', dateText(note.issuedOn)],
    ['For invoice', note.invoiceNumber],
    ['Customer account', note.accountId],
  ];
  facts.forEach(([name, value], index) => {
    const y = top + 28 + index * 14;
    sheet.text(name, x, y, 100, { size: 8.5, color: ink.muted });
    sheet.text(value, x + 100, y, width - 100, { size: 8.5, align: 'right' });
  });
  const { customerName, address } = note.customer;
  const y = top + 26 + Math.max(ownHeight, facts.length * 14) + 22;
  sheet.text('Credited to', sheet.left, y, half, small);
  sheet.text(customerName, sheet.left, y + 12, half, { size: 10.5, bold: true, color: ink.dark });
  const height = sheet.text(addressText(address), sheet.left, y + 27, half, { size: 9.5 });
  sheet.y = y + 27 + height + 20;
  const says = {
    full: `This cancels invoice ${note.invoiceNumber}.`,
    partial: `This lowers invoice ${note.invoiceNumber}.`,
    exGratia: 'Goodwill without recognition of a legal duty: no price changes and no tax.',
  }[note.kind];
  sheet.y += sheet.text(says, sheet.left, sheet.y, sheet.width, { size: 9.5 }) + 14;
}

function printLines(sheet: Sheet, note: CreditNoteRow): void {
  const { left, width } = sheet;
  const row = (text: string, period: string, minor: number) => {
    const height = sheet.heightOf(text, width * 0.5);
    sheet.room(height + 6);
    sheet.text(text, left, sheet.y, width * 0.5);
    sheet.text(period, left + width * 0.52, sheet.y + 0.5, width * 0.28, small);
    sheet.text(amount(note, minor), left + width * 0.82, sheet.y, width * 0.18, figure);
    sheet.y += height + 5;
  };
  sheet.text('Given back', left, sheet.y, width * 0.5, small);
  sheet.rule(sheet.y + 14, ink.dark, 0.9);
  sheet.y += 20;
  for (const { number, description, from, to, quantity, netMinor } of note.lines) {
    const what = number ? `+${number}: ${description}` : description;
    row(quantity === null ? what : `${what}, ${quantity} of it`, periodText(from, to), netMinor);
  }
  const { feesMinor, reducedMinor, roundedMinor } = note.since;
  for (const { name, amountMinor } of note.recoveryFees ?? []) row(name, '', amountMinor);
  if (feesMinor !== 0) row('Late fees', '', feesMinor);
  if (reducedMinor !== 0) row('Less: price reductions granted before', '', -reducedMinor);
  if (roundedMinor !== 0) row('Less: rounding let go before', '', -roundedMinor);
  if (note.kind === 'exGratia') row('Goodwill credit', '', note.totalMinor);
  sheet.rule(sheet.y + 2);
  sheet.y += 12;
}

function printTotals(sheet: Sheet, note: CreditNoteRow): void {
  const reducedTax = note.since.reducedTaxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const rows: [string, number, boolean][] = [
    ['Net', note.netMinor, false],
    ...note.taxes.map((tax): [string, number, boolean] => [
      `${taxText(tax)} on ${amount(note, tax.baseMinor)}`,
      tax.amountMinor,
      false,
    ]),
    ...(reducedTax === 0
      ? []
      : [['Less: tax reduced before', -reducedTax, false] as [string, number, boolean]]),
    ['Total credited', note.totalMinor, true],
    ['Off the open amount of the invoice', note.openMinor, false],
    ['To your account credit, or back where it came from', note.freedMinor, false],
  ];
  sheet.room(rows.length * 16 + 20);
  const x = sheet.left + sheet.width * 0.4;
  for (const [name, minor, bold] of rows) {
    const style = bold ? { size: 11, bold: true, color: ink.dark } : { size: 9 };
    const height = sheet.text(name, x, sheet.y, sheet.width * 0.45, style);
    sheet.text(amount(note, minor), x + sheet.width * 0.45, sheet.y, sheet.width * 0.15, {
      ...style,
      ...figure,
    });
    sheet.y += Math.max(bold ? 20 : 15, height + 4);
  }
  const laws = [...new Set(note.taxes.map(({ name, law }) => `${name}: ${law}`))].join('  ·  ');
  if (laws) sheet.text(laws, x, sheet.y, sheet.width * 0.6, { size: 7, color: ink.muted, align: 'right' });
}

const amount = ({ currency }: CreditNoteRow, minor: number): string => formatMoney({ minor, currency }, 'en');
