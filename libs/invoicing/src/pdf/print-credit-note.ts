import type { TenantProfile } from '@tollkeeper/contracts';
import { formatMoney } from '@tollkeeper/money';
import type { CreditNoteRow } from '../corrections/credit-note.schema';
import { cancels } from '../corrections/domain/credit-note';
import { dateText, periodText, taxText } from '../domain/bill-text';
import type { SellerRow } from '../sellers/seller.schema';
import { finishLetter, type LetterHead, openLetter, printHead, small } from './letter';
import { ink, type Sheet } from './sheet';

const figure = { align: 'right' } as const;

/** Names the invoice that it corrects (Directive 2006/112/EC Art. 219), what is given back, and why its tax changes. */
export async function printCreditNote(
  note: CreditNoteRow,
  seller: TenantProfile,
  terms: SellerRow,
): Promise<Buffer> {
  const sheet = openLetter(seller, `Credit note ${note.number}`, note.at);
  printHead(sheet, headOf(note), seller, terms);
  printKind(sheet, note);
  printLines(sheet, note);
  printTotals(sheet, note);
  return finishLetter(sheet, seller, terms);
}

const headOf = (note: CreditNoteRow): LetterHead => ({
  title: 'Credit note',
  facts: [
    ['Credit note number', note.number],
    ['Issued on', dateText(note.issuedOn)],
    ['For invoice', note.invoiceNumber],
    ['Customer account', note.accountId],
  ],
  nameWidth: 100,
  to: 'Credited to',
  customer: note.customer,
});

function printKind(sheet: Sheet, note: CreditNoteRow): void {
  const says = {
    full: cancels(note)
      ? `This cancels invoice ${note.invoiceNumber}.`
      : `This credits all that is left of invoice ${note.invoiceNumber}.`,
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
  for (const { lineNo, netMinor, invoiceNumbers } of note.givenBack ?? [])
    row(
      `Of line ${lineNo}, ${amount(note, netMinor)} before tax was given back by invoice ${invoiceNumbers.join(', ')} and is not credited again`,
      '',
      0,
    );
  if (note.kind === 'exGratia') row('Goodwill credit', '', note.totalMinor);
  sheet.rule(sheet.y + 2);
  sheet.y += 12;
}

type Total = [what: string, minor: number, bold: boolean];

function printTotals(sheet: Sheet, note: CreditNoteRow): void {
  const reducedTax = note.since.reducedTaxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const rows: Total[] = [
    ['Net', note.netMinor, false],
    ...note.taxes.map((tax): Total => [
      `${taxText(tax)} on ${amount(note, tax.baseMinor)}`,
      tax.amountMinor,
      false,
    ]),
    ...(reducedTax === 0 ? [] : [['Less: tax reduced before', -reducedTax, false] as Total]),
    ['Total credited', note.totalMinor, true],
    ...(note.device
      ? [['Off what is still to be paid for the device', note.device.offInstalmentsMinor, false] as Total]
      : []),
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
