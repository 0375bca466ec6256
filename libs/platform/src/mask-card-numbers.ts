/** 13 to 19 digits on their own, also grouped by single blanks or dashes; digits inside an id are none. */
const candidates = /(?<![\w.+-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-])/g;
const shownDigits = 4;

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (1 + (place % 2));
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** PCI DSS 3.4: at most the last digits are shown. Nines, so that a number in a JSON line stays one. */
export const maskCardNumbers = (line: string): string =>
  line.replace(candidates, (found) => {
    if (!passesLuhn(found.replace(/\D/g, ''))) return found;
    const shown = found.slice(-shownDigits);
    return found.slice(0, -shownDigits).replace(/\d/g, '9') + shown;
  });
