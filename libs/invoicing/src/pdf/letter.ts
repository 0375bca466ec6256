import { DateTime } from 'luxon';
import type { PostalAddress, TenantProfile } from '@tollkeeper/contracts';
import type { Instant } from '@tollkeeper/calendar';
import { addressText, countryText } from '../domain/bill-text';
import type { SellerRow } from '../sellers/seller.schema';
import { ink, Sheet } from './sheet';

const letterCountries = new Set(['US', 'CA', 'MX']);
export const small = { size: 8, color: ink.muted } as const;

/** What every document to a customer says of itself above its content. */
export interface LetterHead {
  title: string;
  /** Name and value; names are `nameWidth` wide. */
  facts: [name: string, value: string][];
  nameWidth: number;
  /** Before the customer's name. */
  to: string;
  customer: { customerName: string; address: PostalAddress };
}

export const openLetter = (seller: TenantProfile, title: string, at: Instant): Sheet =>
  new Sheet(
    letterCountries.has(seller.country) ? 'LETTER' : 'A4',
    title,
    DateTime.fromISO(at, { zone: 'utc' }).toJSDate(),
  );

/** The seller at the left, the document and its facts at the right, the customer below. */
export function printHead(
  sheet: Sheet,
  { title, facts, nameWidth, to, customer }: LetterHead,
  seller: TenantProfile,
  terms: SellerRow,
): void {
  const half = sheet.width / 2;
  const rightX = sheet.left + half + 20;
  const rightWidth = half - 20;
  const top = sheet.y;
  sheet.text(seller.name, sheet.left, top, half, { size: 17, bold: true, color: ink.accent });
  sheet.text(title, rightX, top, rightWidth, { size: 17, bold: true, color: ink.dark, align: 'right' });
  const own = [
    seller.legalName,
    ...seller.addressLines,
    countryText(seller.country),
    ...(terms.taxRegistration ? [`Tax registration ${terms.taxRegistration}`] : []),
  ];
  const ownHeight = sheet.text(own.join('\n'), sheet.left, top + 26, half, small);
  facts.forEach(([name, value], index) => {
    const y = top + 28 + index * 14;
    sheet.text(name, rightX, y, nameWidth, { size: 8.5, color: ink.muted });
    sheet.text(value, rightX + nameWidth, y, rightWidth - nameWidth, { size: 8.5, align: 'right' });
  });
  const { customerName, address } = customer;
  const customerY = top + 26 + Math.max(ownHeight, facts.length * 14) + 22;
  sheet.text(to, sheet.left, customerY, half, small);
  sheet.text(customerName, sheet.left, customerY + 12, half, { size: 10.5, bold: true, color: ink.dark });
  const height = sheet.text(addressText(address), sheet.left, customerY + 27, half, { size: 9.5 });
  sheet.y = customerY + 27 + height + 20;
}

export function finishLetter(sheet: Sheet, seller: TenantProfile, terms: SellerRow): Promise<Buffer> {
  const registration = terms.taxRegistration ? `  ·  Tax registration ${terms.taxRegistration}` : '';
  return sheet.finish(`${seller.legalName}  ·  ${seller.addressLines.join(', ')}${registration}`);
}
