/** ISO 11649: `RF`, two check digits and at most 21 letters and digits. */
const longestBody = 21;
const shape = /^RF\d{2}[0-9A-Z]{1,21}$/;

/** What a reference is compared by: banks and payers drop dashes and blanks and change the case. */
export const referenceKey = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** ISO 7064 mod 97-10, a letter counting as two digits (A = 10). */
function remainder(text: string): number {
  let rest = 0;
  for (const sign of text) {
    const value = sign >= 'A' ? sign.charCodeAt(0) - 55 : Number(sign);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest;
}

/** The structured reference of an invoice's number or an account's id; `null`: too long for the standard. */
export function creditorReferenceOf(number: string): string | null {
  const body = referenceKey(number);
  if (body === '' || body.length > longestBody) return null;
  const check = 98 - remainder(`${body}RF00`);
  return `RF${String(check).padStart(2, '0')}${body}`;
}

/** What a valid reference refers to, `null` for any other text. */
export function referredTo(reference: string): string | null {
  const text = referenceKey(reference);
  if (!shape.test(text)) return null;
  return checkDigitsHold(text) ? text.slice(4) : null;
}

/** Of a reference, or of an IBAN (ISO 13616), which is checked in the same way. */
export function checkDigitsHold(reference: string): boolean {
  const text = referenceKey(reference);
  return remainder(text.slice(4) + text.slice(0, 4)) === 1;
}

/** In groups of four, as it is printed. */
export const printedReference = (reference: string): string => reference.replace(/(.{4})(?=.)/g, '$1 ');
