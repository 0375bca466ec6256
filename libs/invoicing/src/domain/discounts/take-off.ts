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
 * remainder; none goes below zero. Answers what was taken off of each portion.
 */
export function takeOff(
  wantedMinor: number,
  scope: readonly Portion[],
  all: readonly Portion[],
): Map<Portion, number> {
  const taken = new Map<Portion, number>();
  const bearing = positive(scope);
  const taxCodes = [...new Set(bearing.map(({ taxCode }) => taxCode))];
  const bears = taxCodes.map((taxCode) =>
    Math.min(sumLeft(bearing.filter((each) => each.taxCode === taxCode)), leftIn(taxCode, all)),
  );
  const most = bears.reduce((sum, minor) => sum + minor, 0);
  const amount = Math.min(wantedMinor, most);
  if (amount <= 0) return taken;
  const shares = allocate(amount, bears);
  for (const [index, taxCode] of taxCodes.entries()) {
    const own = bearing.filter((each) => each.taxCode === taxCode);
    const parts = allocate(
      shares[index] ?? 0,
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

export const baseOf = (scope: readonly Portion[]): number => sumLeft(positive(scope));
