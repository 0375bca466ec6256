import type { DeclineCategory } from '@tollkeeper/contracts';
import { schemeOf } from './card-scheme';

/** What the card's scheme said beside the gateway's code: the issuer's response code, Mastercard's advice. */
export interface NetworkCodes {
  networkDeclineCode: string | null;
  adviceCode: string | null;
}

interface NetworkAdvice {
  /** Never again with this card, whoever asks. */
  isFinal: boolean;
  /** Null: it says nothing of it. */
  category: DeclineCategory | null;
  /** Hours that the issuer asks to wait; 0: it does not say. */
  waitHours: number;
}

const silent: NetworkAdvice = { isFinal: false, category: null, waitHours: 0 };
const never: NetworkAdvice = { isFinal: true, category: null, waitHours: 0 };
/** Other details, or another card: only the payer can bring them. */
const payersTurn: NetworkAdvice = { isFinal: false, category: 'actionRequired', waitHours: 0 };
const later = (waitHours: number): NetworkAdvice => ({ isFinal: false, category: null, waitHours });

/**
 * Mastercard's merchant advice codes (Transaction Processing Excellence). 01 new account details, 02 try later (after
 * 72 hours), 03 never, 04 token requirements, 21 recurring payment cancelled, 22 product not allowed, 24 to 30 wait so
 * long, 40 prepaid card that is not reloadable, 41 card number for one payment, 42 sanctions score. 43, a virtual number
 * for many payments, may be tried again.
 */
export const merchantAdvice: Readonly<Record<string, NetworkAdvice>> = {
  '01': payersTurn,
  '02': later(72),
  '03': never,
  '04': payersTurn,
  '21': never,
  '22': payersTurn,
  '24': later(1),
  '25': later(24),
  '26': later(2 * 24),
  '27': later(4 * 24),
  '28': later(6 * 24),
  '29': later(8 * 24),
  '30': later(10 * 24),
  '40': payersTurn,
  '41': payersTurn,
  '42': payersTurn,
  '43': silent,
};

/**
 * Visa's response codes by category (Visa Core Rules, Table 7-2): 1 the issuer will never approve, 2 cannot approve now,
 * 3 cannot approve these details. What is in none is category 4: generic. Since April 2021; 5C and 9G since April 2025.
 */
export const visaCategories: Readonly<Record<1 | 2 | 3, readonly string[]>> = {
  1: ['04', '07', '12', '14', '15', '41', '43', '46', '57', 'R0', 'R1', 'R3'],
  2: [
    ...['03', '19', '39', '51', '52', '53', '59', '61', '62', '65', '75', '78', '86', '91', '93', '96'],
    ...['N3', 'N4', 'Z5', '5C', '9G'],
  ],
  3: ['54', '55', '6P', '70', '82', '1A', 'N7'],
};

export function visaCategoryOf(code: string): 1 | 2 | 3 | 4 {
  if (visaCategories[1].includes(code)) return 1;
  if (visaCategories[2].includes(code)) return 2;
  return visaCategories[3].includes(code) ? 3 : 4;
}

const ofVisa = { 1: never, 2: silent, 3: payersTurn, 4: silent } as const;

export function networkAdvice(
  brand: string,
  { networkDeclineCode, adviceCode }: NetworkCodes,
): NetworkAdvice {
  const scheme = schemeOf(brand);
  if (scheme === 'mastercard')
    return adviceCode !== null && Object.hasOwn(merchantAdvice, adviceCode)
      ? (merchantAdvice[adviceCode] ?? silent)
      : silent;
  return scheme === 'visa' && networkDeclineCode !== null
    ? ofVisa[visaCategoryOf(networkDeclineCode)]
    : silent;
}

const severity: readonly DeclineCategory[] = ['soft', 'actionRequired', 'hard', 'fraud'];

/** The gateway's word and the scheme's: the stricter one counts. */
export const stricterOf = (left: DeclineCategory, right: DeclineCategory | null): DeclineCategory =>
  right !== null && severity.indexOf(right) > severity.indexOf(left) ? right : left;
