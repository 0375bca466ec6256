import { dialPlanOf } from './dial-plan';

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

const [zero, nine, plus] = [48, 57, 43];
const mostDigits = 20;
/** The shortest E.164 numbers have seven digits: what is shorter, and no + goes before it, is a code of the network. */
const mostShortDigits = 6;

const asUri = /^(?:tel|sips?):(?<number>[^;@]+)(?:[;@].*)?$/i;
const trunkInBrackets = /^(?<code>(?:\+|00)[\d .\u00a0-]*)\(0\)/;
const separators = /[ .\u00a0()/-]/g;

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

const international = (digits: string): ReadNumber | null =>
  isDigits(digits) ? { digits, isShortCode: false, dialled: null } : null;

/**
 * A number that the serving country's plan completes. A plan without a trunk prefix keeps a leading 0: Rome's +39 06.
 * What the plan does not explain stays as it is, and finds a price only where a deck has a row for it.
 */
function national(dialled: string, network: string): ReadNumber {
  const asDialled: ReadNumber = { digits: dialled, isShortCode: false, dialled: null };
  const plan = dialPlanOf(network);
  if (!plan) return asDialled;
  const { countryCode, trunkPrefix } = plan;
  if (trunkPrefix !== '' && dialled.startsWith(trunkPrefix))
    return { digits: countryCode + dialled.slice(trunkPrefix.length), isShortCode: false, dialled };
  if (trunkPrefix !== '' && dialled.startsWith('0')) return asDialled;
  return { digits: countryCode + dialled, isShortCode: false, dialled };
}

/** Digits behind the country's own prefix for international calls; `null` for a number without one. */
function afterInternationalPrefix(digits: string, network: string): string | null {
  const prefix = dialPlanOf(network)?.internationalPrefix?.exec(digits)?.[0];
  if (prefix) return digits.slice(prefix.length);
  return digits.startsWith('00') ? digits.slice(2) : null;
}

/**
 * Digits alone are an E.164 number, as most call records carry it. With a leading 0 they are dialled in the form of the
 * serving country. Letters are refused: a vanity number is digits by the time it is called.
 */
export function readNumber(text: string, network: string, type: NumberType = ''): ReadNumber | null {
  const first = text.charCodeAt(0);
  if (type === '' && first > zero && first <= nine && text.length > mostShortDigits && isDigits(text)) {
    const abroad = text.startsWith('810') ? afterInternationalPrefix(text, network) : null;
    return { digits: abroad ?? text, isShortCode: false, dialled: null };
  }
  const plain = stripped(text);
  if (plain.charCodeAt(0) === plus) return international(plain.slice(1));
  if (!isDigits(plain)) return null;
  if (type === 'international') return international(plain);
  if (type === 'short' || (type === '' && plain.length <= mostShortDigits))
    return { digits: plain, isShortCode: true, dialled: null };
  if (type === 'national') return national(plain, network);
  if (plain.charCodeAt(0) !== zero) return international(plain);
  const abroad = afterInternationalPrefix(plain, network);
  return abroad === null ? national(plain, network) : international(abroad);
}
