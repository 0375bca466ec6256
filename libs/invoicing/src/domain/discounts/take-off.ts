import { allocate } from '@tollkeeper/money';

/** What is left of a line in one tax category; a bundle's line has several. */
export interface Portion {
  position: number;
  taxCode: string;
  leftMinor: number;
}

/** Never more than the tax category has left, what is given back in it included. */
const leftIn = (taxCode: string, all: readonly Portion[]): number =>
  Math.max(
    0,
    all.reduce((sum, each) => (each.taxCode === taxCode ? sum + each.leftMinor : sum), 0),
  );

const positive = (portions: readonly Portion[]): Portion[] =>
  portions.filter(({ leftMinor }) => leftMinor > 0);

const sumLeft = (portions: readonly Portion[]): number =>
  portions.reduce((sum, { leftMinor }) => sum + leftMinor, 0);

/**
 * Takes an amount off the portions in scope: each tax category bears its share, and within it each line, by largest
 * remainder; none goes below zero. Of a fixed amount the other categories bear what one of them cannot; a percentage
 * is of each category's own. Answers what was taken off of each portion.
 */
export function takeOff(
  wantedMinor: number,
  off: 'fixed' | 'percentage',
  scope: readonly Portion[],
  all: readonly Portion[],
): Map<Portion, number> {
  const taken = new Map<Portion, number>();
  const bearing = positive(scope);
  const taxCodes = [...new Set(bearing.map(({ taxCode }) => taxCode))];
  const priced = taxCodes.map((taxCode) => sumLeft(bearing.filter((each) => each.taxCode === taxCode)));
  const bears = taxCodes.map((taxCode, index) => Math.min(priced[index] ?? 0, leftIn(taxCode, all)));
  const shares = sharesOf(wantedMinor, off === 'fixed' ? bears : priced);
  for (const [index, taxCode] of taxCodes.entries()) {
    const own = bearing.filter((each) => each.taxCode === taxCode);
    const amount = Math.min(shares[index] ?? 0, bears[index] ?? 0);
    const parts = sharesOf(
      amount,
      own.map(({ leftMinor }) => leftMinor),
    );
    for (const [at, portion] of own.entries()) {
      const minor = parts[at] ?? 0;
      if (minor === 0) continue;
      portion.leftMinor -= minor;
      taken.set(portion, minor);
    }
  }
  return taken;
}

/** Never more than there is. */
const sharesOf = (wantedMinor: number, weights: readonly number[]): number[] => {
  const most = weights.reduce((sum, minor) => sum + minor, 0);
  const amount = Math.min(wantedMinor, most);
  return amount <= 0 ? weights.map(() => 0) : allocate(amount, weights);
};

export const baseOf = (scope: readonly Portion[]): number => sumLeft(positive(scope));
