import { cardNumbersIn } from '@tollkeeper/contracts';

const shownDigits = 4;

interface Masking {
  /** In the place of a digit. */
  sign?: string;
  /** Numbers that are known to be something else. */
  except?: readonly string[];
}

/** PCI DSS 3.4: at most the last digits are shown. Nines, so that a number in a JSON line stays one. */
export function maskCardNumbers(line: string, { sign = '9', except = [] }: Masking = {}): string {
  let masked = line;
  for (const { at, length } of cardNumbersIn(line)) {
    if (except.includes(line.slice(at, at + length))) continue;
    const end = at + length - shownDigits;
    masked = masked.slice(0, at) + masked.slice(at, end).replace(/\d/g, sign) + masked.slice(end);
  }
  return masked;
}
