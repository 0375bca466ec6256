import { allocate } from '@tollkeeper/money';
import { lostMinor, type OpenItem, type TaxPart, type WriteOff } from './open-item';
import { mergedTaxes, shareOf } from './proportional-tax';

/** The tax that falls with a price, in the proportion of the invoice's own net amount and taxes. */
export function allocateReduction(
  { netMinor, taxes }: Pick<OpenItem, 'netMinor' | 'taxes'>,
  amountMinor: number,
): TaxPart[] {
  const weights = [netMinor, ...taxes.map((tax) => tax.amountMinor)].map((minor) => Math.max(0, minor));
  if (weights.every((weight) => weight === 0)) return [];
  const [, ...parts] = allocate(amountMinor, weights);
  return mergedTaxes(
    taxes.map(({ jurisdiction }, index) => ({ jurisdiction, amountMinor: parts[index] ?? 0 })),
  ).filter(({ amountMinor: minor }) => minor !== 0);
}

/** Tax in the debt that was given up and not paid since; late fees carry none. */
export function reliefOf(item: OpenItem, { amountMinor, feesMinor, recoveredMinor }: WriteOff): TaxPart[] {
  const feesLostMinor = feesMinor - shareOf(feesMinor, recoveredMinor, amountMinor);
  return allocateReduction(item, lostMinor(item) - feesLostMinor);
}
