/** Beyond 2^53 a number silently loses units, so every amount passes here once. */
export const safeInteger = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`${what} must be an integer within 2^53, got ${value}`);
  }
  return value === 0 ? 0 : value; // -0 would print and compare as another value
};

export const safeNumber = (value: bigint, what: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${what} must be an integer within 2^53, got ${value}`);
  }
  return number;
};

export const exactInteger = (value: number | bigint, what: string): bigint =>
  typeof value === 'bigint' ? value : BigInt(safeInteger(value, what));
