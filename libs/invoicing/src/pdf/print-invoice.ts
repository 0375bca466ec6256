import { creditorReferenceOf, printedReference, type TenantProfile } from '@tollkeeper/contracts';
import { formatMoney } from '@tollkeeper/money';
import {
  billDiscountText,
  dateText,
  groupLines,
  lineText,
  type LineGroup,
  periodText,
  quantityText,
  shownDiscounts,
} from '../domain/bill-text';
import type { InvoiceRow } from '../invoices/invoice.schema';
import type { SellerRow } from '../sellers/seller.schema';
import { finishLetter, type LetterHead, openLetter, printHead, small } from './letter';
import { printTotals } from './print-totals';
import { ink, type Sheet } from './sheet';

const figure = { align: 'right' } as const;

/** The bill as the customer gets it: who, what, when, how much, by when, and whom to ask. */
export async function printInvoice(
  invoice: InvoiceRow,
  seller: TenantProfile,
  terms: SellerRow,
): Promise<Buffer> {
  const sheet = openLetter(seller, `Invoice ${invoice.number}`, invoice.finalizedAt ?? invoice.draftedAt);
  printHead(sheet, headOf(invoice), seller, terms);
  printTotalBox(sheet, invoice);
  printLines(sheet, invoice);
  printTotals(sheet, invoice);
  printTerms(sheet, seller, terms);
  return finishLetter(sheet, seller, terms);
}

const headOf = (invoice: InvoiceRow): LetterHead => ({
  title: 'Invoice',
  facts: [
    ['Invoice number', invoice.number ?? ''],
    ['Issued on', dateText(invoice.issuedOn ?? invoice.periodTo)],
    ['Billing period', periodText(invoice.periodFrom, invoice.periodTo)],
    ['Due on', dateText(invoice.dueOn ?? invoice.periodTo)],
    ['Customer account', invoice.accountId],
    ...referenceOf(invoice),
  ],
  nameWidth: 90,
  to: 'Billed to',
  customer: invoice.customer,
});

/** ISO 11649: what a transfer is matched by, whatever the payer writes besides. */
function referenceOf({ number }: InvoiceRow): [string, string][] {
  const reference = number ? creditorReferenceOf(number) : null;
  return reference ? [['Payment reference', printedReference(reference)]] : [];
}

function printTotalBox(sheet: Sheet, invoice: InvoiceRow): void {
  const height = 44;
  sheet.box(sheet.left, sheet.y, sheet.width, height, ink.tint);
  const paid = invoice.openMinor === 0;
  sheet.text(paid ? 'Nothing to pay' : 'Amount due', sheet.left + 16, sheet.y + 9, 200, {
    size: 9,
    color: ink.muted,
  });
  const until = paid
    ? 'This invoice is settled'
    : `Please pay by ${dateText(invoice.dueOn ?? invoice.periodTo)}`;
  sheet.text(until, sheet.left + 16, sheet.y + 22, 260, { size: 9.5 });
  sheet.text(amount(invoice, invoice.openMinor), sheet.left + 280, sheet.y + 12, sheet.width - 296, {
    size: 19,
    bold: true,
    color: ink.dark,
    align: 'right',
  });
  sheet.y += height + 22;
}

const columns = { period: 0.4, quantity: 0.66, amount: 0.86 };

function printLines(sheet: Sheet, invoice: InvoiceRow): void {
  printColumnNames(sheet);
  for (const group of groupLines(invoice.lines)) printGroup(sheet, invoice, group);
  printBillDiscounts(sheet, invoice);
}

function printColumnNames(sheet: Sheet): void {
  const { left, width, y } = sheet;
  sheet.text('Description', left, y, width * 0.4, small);
  sheet.text('Service period', left + width * columns.period, y, width * 0.26, small);
  sheet.text('Quantity', left + width * columns.quantity, y, width * 0.2, small);
  sheet.text('Amount', left + width * columns.amount, y, width * (1 - columns.amount), {
    ...small,
    ...figure,
  });
  sheet.rule(y + 14, ink.dark, 0.9);
  sheet.y = y + 20;
}

function printGroup(sheet: Sheet, invoice: InvoiceRow, group: LineGroup): void {
  if (sheet.room(48)) printColumnNames(sheet);
  const { left, width } = sheet;
  sheet.text(group.title, left, sheet.y, width * 0.7, { size: 9.5, bold: true, color: ink.dark });
  sheet.text(amount(invoice, group.amountMinor), left + width * 0.7, sheet.y, width * 0.3, {
    size: 9.5,
    bold: true,
    color: ink.dark,
    ...figure,
  });
  sheet.y += 16;
  for (const line of group.lines) {
    const height = Math.max(
      sheet.heightOf(lineText(line), width * 0.38),
      sheet.heightOf(quantityText(line), width * 0.19, small),
    );
    if (sheet.room(height + 6)) printColumnNames(sheet);
    const y = sheet.y;
    sheet.text(lineText(line), left, y, width * 0.38);
    sheet.text(periodText(line.from, line.to), left + width * columns.period, y + 0.5, width * 0.25, small);
    sheet.text(quantityText(line), left + width * columns.quantity, y + 0.5, width * 0.19, small);
    sheet.text(
      amount(invoice, line.amountMinor),
      left + width * columns.amount,
      y,
      width * (1 - columns.amount),
      figure,
    );
    sheet.y = y + height + 4;
    for (const { discountKey, name, amountMinor } of shownDiscounts(line)) {
      const terms = invoice.discounts?.find((each) => each.discountKey === discountKey);
      printReduction(sheet, invoice, terms ? billDiscountText(terms) : name, amountMinor);
    }
  }
  sheet.rule(sheet.y + 2);
  sheet.y += 10;
}

function printReduction(sheet: Sheet, invoice: InvoiceRow, text: string, minor: number): void {
  const { left, width } = sheet;
  const height = sheet.heightOf(text, width * 0.7, small);
  if (sheet.room(height + 6)) printColumnNames(sheet);
  sheet.text(text, left + 10, sheet.y, width * 0.7, small);
  sheet.text(
    amount(invoice, minor),
    left + width * columns.amount,
    sheet.y,
    width * (1 - columns.amount),
    figure,
  );
  sheet.y += height + 4;
}

/** Promotions on the bill as a whole. */
function printBillDiscounts(sheet: Sheet, invoice: InvoiceRow): void {
  const discounts = (invoice.discounts ?? []).filter(({ level }) => level === 'bill');
  if (discounts.length === 0) return;
  if (sheet.room(48)) printColumnNames(sheet);
  sheet.text('Discounts on this bill', sheet.left, sheet.y, sheet.width * 0.7, {
    size: 9.5,
    bold: true,
    color: ink.dark,
  });
  sheet.y += 16;
  for (const each of discounts) printReduction(sheet, invoice, billDiscountText(each), each.amountMinor);
  sheet.rule(sheet.y + 2);
  sheet.y += 10;
}

function printTerms(sheet: Sheet, seller: TenantProfile, terms: SellerRow): void {
  sheet.room(80);
  const half = sheet.width / 2 - 12;
  sheet.text('How this is paid', sheet.left, sheet.y, half, { size: 9, bold: true, color: ink.dark });
  sheet.text(terms.paymentText, sheet.left, sheet.y + 13, half, { size: 8.5 });
  const x = sheet.left + half + 24;
  sheet.text('Questions about this bill', x, sheet.y, half, { size: 9, bold: true, color: ink.dark });
  sheet.text(`Call ${seller.supportPhone}\nWrite to ${seller.supportEmail}`, x, sheet.y + 13, half, {
    size: 8.5,
  });
}

const amount = ({ currency }: InvoiceRow, minor: number): string => formatMoney({ minor, currency }, 'en');
