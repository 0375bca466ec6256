/** 13 to 19 digits on their own, also grouped by single blanks or dashes; digits inside an id are none. */
const candidates = /(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
const schemeDigits = /^[3-6]/;
/** Mastercard's second range. */
const secondMastercardRange = /^2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/;

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (1 + (place % 2));
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const isCardNumber = (digits: string): boolean =>
  (schemeDigits.test(digits) || secondMastercardRange.test(digits)) && passesLuhn(digits);

export const looksLikeCardNumber = (text: string): boolean =>
  (text.match(candidates) ?? []).some((found) => isCardNumber(found.replace(/\D/g, '')));

/** Numbers of SIMs and phones, and of the network's records, pass the same check one time in ten. */
const otherNumbers = /^(iccids?|imsis?|msisdns?|phone|number|otherParty|recordId|value|supportPhone)$/i;
const amounts = /(Minor|Micro|Bytes|Quantity)$/;

/** The path of the first text in a row that looks like a card number, or null. */
export function cardNumberIn(value: unknown, path = ''): string | null {
  const name = path.split('.').at(-1) ?? '';
  if (otherNumbers.test(name) || amounts.test(name)) return null;
  if (typeof value === 'string') return looksLikeCardNumber(value) ? path : null;
  if (typeof value === 'number') return looksLikeCardNumber(String(value)) ? path : null;
  if (Array.isArray(value)) {
    for (const each of value) {
      const found = cardNumberIn(each, path);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = cardNumberIn(inner, path ? `${path}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}
