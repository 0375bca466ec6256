/** Card numbers have 13 to 19 digits and begin with the digit of a card scheme. */
const candidates = /(?:\d[ .-]?){12,}\d/g;
const schemeDigits = new Set(['2', '3', '4', '5', '6']);
const shortest = 13;
const longest = 19;

function passesLuhn(digits: string): boolean {
  const weighted = [...digits].reverse().map((digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return doubled > 9 ? doubled - 9 : doubled;
  });
  return weighted.reduce((total, digit) => total + digit, 0) % 10 === 0;
}

const isCardNumber = (digits: string): boolean =>
  digits.length >= shortest &&
  digits.length <= longest &&
  schemeDigits.has(digits.charAt(0)) &&
  passesLuhn(digits);

/** True for text that holds what is in all likelihood a card number, also when it is grouped by blanks, dots or dashes. */
export const holdsCardNumber = (text: string): boolean =>
  (text.match(candidates) ?? []).some((match) => isCardNumber(match.replace(/\D/g, '')));

/** The place of the first card number in a request, such as `reason` or `items.0.reference`; null when it is clean. */
export function findCardNumber(value: unknown, path = ''): string | null {
  if (typeof value === 'number')
    return holdsCardNumber(String(value)) && !path.endsWith('minor') ? path : null;
  if (typeof value === 'string') return holdsCardNumber(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (holdsCardNumber(key)) return path || 'body';
    const found = findCardNumber(inner, path ? `${path}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}
