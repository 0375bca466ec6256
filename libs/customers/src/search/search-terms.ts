import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { foldedName } from '../domain/name-words';

/** What somebody may have meant by what they typed; a null is not looked for. */
interface SearchTerms {
  name: string | null;
  /** Beginnings of an MSISDN, IMSI or ICCID. */
  digits: string[];
  email: string | null;
  /** Beginnings of an externalId, as it is written. */
  reference: string | null;
  invoiceNumbers: string[];
  /** An id of ours, whole. */
  accountId: string | null;
}

const fewestDigits = 3;
const digitsShape = /^\d{3,22}$/;

export function searchTerms(typed: string, country: string): SearchTerms {
  const q = typed.replace(/\p{C}+/gu, ' ').trim();
  const isOneWord = q !== '' && !/\s/.test(q);
  const name = foldedName(q);
  return {
    name: q.includes('@') || name === '' ? null : name,
    digits: digitsOf(q, country),
    email: isOneWord ? q.toLowerCase() : null,
    reference: isOneWord ? q : null,
    invoiceNumbers: isOneWord ? [...new Set([q, q.toUpperCase()])] : [],
    accountId: /^acc_[0-9a-z]{16}$/.test(q) ? q : null,
  };
}

/** `+1 (518) 555-0101`, `0015185550101`, and as it is dialled within the country. */
function digitsOf(q: string, country: string): string[] {
  const digits = q.replace(/^\+/, '').replace(/[\s()./-]/g, '');
  if (!digitsShape.test(digits)) return [];
  const dialled = isSupportedCountry(country) ? parsePhoneNumberFromString(q, country) : undefined;
  const whole = dialled?.isPossible() ? [dialled.number.slice(1)] : [];
  const abroad = digits.startsWith('00') && digits.length > fewestDigits + 1 ? [digits.slice(2)] : [];
  return [...new Set([digits, ...abroad, ...whole])];
}
