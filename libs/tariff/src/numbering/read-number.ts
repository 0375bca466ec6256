import { dialPlanOf, isWholeNumber, withoutTrunkZero } from './dial-plan';

/** A number as the network wrote it, in one form. */
export interface ReadNumber {
  /** E.164 digits without +, or a code of the serving network. */
  digits: string;
  isShortCode: boolean;
  /** Digits as they were dialled, where the number was completed from the serving country's own form. */
  dialled: string | null;
}

/** What the network says of the digits (ITU-T Q.763 nature of address); '' leaves it to their look. */
export const numberTypes = ['', 'international', 'national', 'short'] as const;
export type NumberType = (typeof numberTypes)[number];

export const isNumberType = (text: string): text is NumberType =>
  (numberTypes as readonly string[]).includes(text);

const [zero, nine, plus, lastAscii] = [48, 57, 43, 127];
const mostDigits = 20;
/** The shortest E.164 numbers have seven digits: what is shorter, and no + goes before it, is a code of the network. */
const mostShortDigits = 6;

const asUri = /^(?:tel|sips?):(?<number>[^;@]+)(?:[;@].*)?$/i;
const trunkInBrackets = /^(?<code>(?:\+|00)[\d .-]*)\(0\)/;
const separators = /[ .()/~\u2010-\u2015\u2212-]/g;
/** What copying from a contact list or a web page leaves in a number, and shows nobody. */
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\t]/g;
/** Wide digits, a narrow space: another way to write the same sign. */
const plainSigns = (text: string): string =>
  isAscii(text) ? text : text.replace(invisible, '').normalize('NFKC');

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > lastAscii) return false;
  return !text.includes('\t');
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < zero || code > nine) return false;
  }
  return text.length > 0 && text.length <= mostDigits;
}

/** "+44 (0)7624 123456" and "tel:+447624123456" without what people and protocols put around the digits. */
const stripped = (text: string): string =>
  (asUri.exec(text)?.groups?.number ?? text).replace(trunkInBrackets, '$<code>').replace(separators, '');

/** No country code begins with 0: "+0049" and an "international" 0049 say twice that they are so. */
function international(written: string): ReadNumber | null {
  const digits = written.startsWith('00') ? written.slice(2) : written;
  return isDigits(digits) && digits.charCodeAt(0) !== zero
    ? { digits: withoutTrunkZero(digits), isShortCode: false, dialled: null }
    : null;
}

/**
 * A number that the serving country's plan completes. A plan without a trunk prefix keeps a leading 0: Rome's +39 06.
 * What the plan does not explain stays as it is, and finds a price only where a deck has a row for it.
 */
function national(dialled: string, network: string): ReadNumber {
  const asDialled: ReadNumber = { digits: dialled, isShortCode: false, dialled: null };
  const plan = dialPlanOf(network);
  if (!plan) return asDialled;
  const { countryCode, trunkPrefix } = plan;
  const significant = plan.significant(dialled);
  // The plan explains no such 0.
  if (significant === dialled && trunkPrefix !== '' && dialled.startsWith('0')) return asDialled;
  return { digits: countryCode + significant, isShortCode: false, dialled };
}

/**
 * Digits behind 00, or behind the country's own prefix for international calls; `null` for a number without one. Where
 * both fit (Hong Kong's 001 before 44, and 00 before 1 44) it is the one behind which a whole number stands, else 00.
 */
function afterInternationalPrefix(digits: string, network: string): string | null {
  const prefix = dialPlanOf(network)?.internationalPrefix?.exec(digits)?.[0];
  const behindOwn = prefix ? digits.slice(prefix.length) : null;
  if (!digits.startsWith('00')) return behindOwn;
  const behindUsual = digits.slice(2);
  const isOwn = behindOwn !== null && isWholeNumber(behindOwn) && !isWholeNumber(behindUsual);
  return isOwn ? behindOwn : behindUsual;
}

/**
 * Digits alone are an E.164 number, as most call records carry it. With a leading 0 they are dialled in the form of the
 * serving country. Letters are refused: a vanity number is digits by the time it is called.
 */
export function readNumber(text: string, network: string, type: NumberType = ''): ReadNumber | null {
  const first = text.charCodeAt(0);
  if (type === '' && first > zero && first <= nine && text.length > mostShortDigits && isDigits(text)) {
    const abroad = text.startsWith('810') ? afterInternationalPrefix(text, network) : null;
    return { digits: withoutTrunkZero(abroad ?? text), isShortCode: false, dialled: null };
  }
  const plain = stripped(plainSigns(text));
  if (plain.charCodeAt(0) === plus) return international(plain.slice(1));
  if (!isDigits(plain)) return null;
  if (type === 'international') return international(plain);
  if (type === 'short' || (type === '' && plain.length <= mostShortDigits))
    return { digits: plain, isShortCode: true, dialled: null };
  if (type === 'national') return national(plain, network);
  if (plain.charCodeAt(0) !== zero && !plain.startsWith('810')) return international(plain);
  const abroad = afterInternationalPrefix(plain, network);
  if (abroad !== null) return international(abroad);
  return plain.charCodeAt(0) === zero ? national(plain, network) : international(plain);
}
