/**
 * Regulation (EU) 2022/612, Article 14: charges for data roaming stop at 50 EUR (without VAT) in a monthly billing
 * period unless the customer chose another limit or none; the customer is told at 80 % and at 100 %. The regulation
 * holds in the Union and, by the EEA Agreement, in Iceland, Liechtenstein and Norway.
 */
export const statesOfTheEea: ReadonlySet<string> = new Set(
  `AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO`.split(' '),
);

/** In other currencies the amount follows from a yearly exchange rate: the operator names it. */
const defaultCapMinor: Readonly<Record<string, number>> = { EUR: 5_000 };

interface RoamingCapFacts {
  country: string;
  currency: string;
  /** Named by the operator for its own currency; null: not named. */
  operatorCapMinor: number | null;
  /** What the customer asked for; `capMinor` null: no limit. */
  choice: { capMinor: number | null } | null;
}

/** The cap on data roaming of an account; null: none. */
export function roamingCapMinor({
  country,
  currency,
  operatorCapMinor,
  choice,
}: RoamingCapFacts): number | null {
  if (choice) return choice.capMinor;
  if (operatorCapMinor !== null) return operatorCapMinor;
  return statesOfTheEea.has(country) ? (defaultCapMinor[currency] ?? null) : null;
}
