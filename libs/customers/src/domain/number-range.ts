import type { Finding } from './finding';

export interface NumberRange {
  first: string;
  last: string;
}

/** Numbering plans hand out thousands and ten thousands; larger ranges come in several. */
export const mostNumbersInBlock = 10_000;

/** How many it has; exact, for numbers have 15 digits at most. */
export const sizeOf = ({ first, last }: NumberRange): number => Number(last) - Number(first) + 1;

export function checkRange({ first, last }: NumberRange): Finding[] {
  if (first.length !== last.length)
    return [{ field: 'last', reason: `must have ${first.length} digits, as the first number has` }];
  if (last < first) return [{ field: 'last', reason: 'must not come before the first number' }];
  const size = sizeOf({ first, last });
  if (size > mostNumbersInBlock)
    return [
      { field: 'last', reason: `the block has ${size} numbers: hand it in by ${mostNumbersInBlock} at most` },
    ];
  return [];
}

/** Numbers never begin with 0. */
export const numbersOf = (range: NumberRange): string[] =>
  Array.from({ length: sizeOf(range) }, (_, index) => String(Number(range.first) + index));

export const isWithinRange = ({ first, last }: NumberRange, value: string): boolean =>
  value.length === first.length && first <= value && value <= last;
