import { number as cardNumber } from 'card-validator';

/** Thirteen digits and more, also in groups, that are a word of their own: the digits of an id are none. */
const runs = /(?<![\w+])\d(?:[ .-]?\d){12,}(?!\w)/g;
const shortest = 13;

interface TextSpan {
  at: number;
  length: number;
}

const isCardNumber = (digits: string): boolean => digits.length >= shortest && cardNumber(digits).isValid;

/** The groups of a run that make up a card number together; a date or a code behind it hides none. */
function* within(run: string, at: number): Generator<TextSpan> {
  const groups = [...run.matchAll(/\d+/g)];
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    for (const group of groups.slice(first)) {
      digits += group[0];
      if (!isCardNumber(digits)) continue;
      const start = groups[first]?.index ?? 0;
      yield { at: at + start, length: group.index + group[0].length - start };
      break;
    }
  }
}

/**
 * Where a text holds what a card scheme would take for a card number: its first digits, its length and the check digit
 * (ISO/IEC 7812). Phone numbers of 13 digits are none: no scheme issues that length any more.
 */
export const cardNumbersIn = (text: string): TextSpan[] =>
  [...text.matchAll(runs)].flatMap((run) => [...within(run[0], run.index)]);

export const holdsCardNumber = (text: string): boolean => cardNumbersIn(text).length > 0;

/** Numbers of SIMs and phones and of the network's records, and amounts: one in many passes the same check. */
const otherNumbers =
  /^(iccids?|imsis?|msisdns?|phone|number|otherParty|recordId|value|supportPhone|minor)$|(Minor|Micro|Bytes|Quantity)$/i;

/** Rows also hold the database's own objects, such as ids. */
const isPlain = (value: object): boolean =>
  Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

/** The path of the first card number in a JSON-like value, such as `items.0.reference`; null when it is clean. */
export function findCardNumber(value: unknown, path = ''): string | null {
  if (typeof value === 'string' || typeof value === 'number')
    return holdsCardNumber(String(value)) ? path : null;
  if (typeof value !== 'object' || value === null || !isPlain(value)) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (otherNumbers.test(key)) continue;
    if (holdsCardNumber(key)) return path || 'body';
    const found = findCardNumber(inner, path ? `${path}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}
