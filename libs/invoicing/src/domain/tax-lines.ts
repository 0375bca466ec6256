import { addDays, type LocalDate } from '@tollkeeper/calendar';
import type { PostalAddress, RoundingMode } from '@tollkeeper/contracts';
import { parseRate, percentageOf } from '@tollkeeper/money';
import type { BillLine, BillTax } from './bill';

/** A dated row of the tax table: which law, which rate, on which charges, where. */
export interface TaxRate {
  taxId: string;
  name: string;
  /** `DE`, or `US-CA` for a region. */
  jurisdiction: string;
  taxCodes: string[];
  /** Decimal string; `0` says that the law leaves these charges untaxed. */
  percent: string;
  rounding: RoundingMode;
  validFrom: LocalDate;
  /** First day on which it holds no more. */
  validTo: LocalDate | null;
  law: string;
}

type Taxable = Pick<BillLine, 'taxCode' | 'amountMinor' | 'to'>;

/** Country and region of the account; both may tax the same charge. */
export const jurisdictionsOf = ({ country, region }: PostalAddress): string[] =>
  region ? [country, `${country}-${region}`] : [country];

/**
 * One tax line per rate on the sum of what it taxes. The rate is the one of the last service day, so that a charge
 * up to the day of a change keeps the old one. A charge that no row speaks of is refused: never billed untaxed by omission.
 */
export function taxLines(
  lines: readonly Taxable[],
  rates: readonly TaxRate[],
  address: PostalAddress,
): BillTax[] {
  const places = jurisdictionsOf(address);
  const bases = new Map<TaxRate, number>();
  for (const line of lines.filter(({ amountMinor }) => amountMinor !== 0)) {
    for (const rate of ratesFor(line, rates, places))
      bases.set(rate, (bases.get(rate) ?? 0) + line.amountMinor);
  }
  return [...bases]
    .filter(([{ percent }]) => parseRate(percent) !== 0n)
    .map(([rate, baseMinor]) => taxOf(rate, baseMinor))
    .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
}

function ratesFor({ taxCode, to }: Taxable, rates: readonly TaxRate[], places: string[]): TaxRate[] {
  const on = addDays(to, -1);
  const found = rates.filter(
    ({ jurisdiction, taxCodes, validFrom, validTo }) =>
      places.includes(jurisdiction) &&
      taxCodes.includes(taxCode) &&
      validFrom <= on &&
      (validTo === null || on < validTo),
  );
  if (found.length === 0)
    throw new Error(`No tax rate for tax code "${taxCode}" in ${places.join(' or ')} on ${on}`);
  return found;
}

function taxOf({ taxId, name, jurisdiction, percent, rounding, law }: TaxRate, baseMinor: number): BillTax {
  return {
    taxId,
    name,
    jurisdiction,
    percent,
    rounding,
    law,
    baseMinor,
    amountMinor: percentageOf(baseMinor, percent, rounding),
  };
}

const orderOf = ({ jurisdiction, taxId, percent }: BillTax): string => `${jurisdiction} ${taxId} ${percent}`;
