import type { TaxPart } from './open-item';

/** The share that goes with the first `takenMinor` of `ofMinor`: rounded down, so that the last part takes the rest. */
export const shareOf = (amountMinor: number, takenMinor: number, ofMinor: number): number =>
  ofMinor === 0 ? 0 : Number((BigInt(amountMinor) * BigInt(takenMinor)) / BigInt(ofMinor));

/**
 * Tax that belongs to a step from one taken amount to the next. Cumulative: whatever the steps, all of them together
 * carry exactly the whole tax, and a step that is taken back carries what it brought.
 */
export const taxOfStep = (
  taxes: readonly TaxPart[],
  { fromMinor, toMinor, ofMinor }: { fromMinor: number; toMinor: number; ofMinor: number },
): TaxPart[] =>
  taxes.map(({ jurisdiction, amountMinor }) => ({
    jurisdiction,
    amountMinor: shareOf(amountMinor, toMinor, ofMinor) - shareOf(amountMinor, fromMinor, ofMinor),
  }));

export const sumOfTax = (taxes: readonly TaxPart[]): number =>
  taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** As `buildPosting` takes it; several taxes of one jurisdiction are one line. */
export function taxAmounts(taxes: readonly TaxPart[]): Record<string, number> {
  const amounts: Record<string, number> = {};
  for (const { jurisdiction, amountMinor } of taxes)
    amounts[jurisdiction] = (amounts[jurisdiction] ?? 0) + amountMinor;
  return amounts;
}

export const mergedTaxes = (taxes: readonly TaxPart[]): TaxPart[] =>
  Object.entries(taxAmounts(taxes)).map(([jurisdiction, amountMinor]) => ({ jurisdiction, amountMinor }));
