import type { TaxRule } from './tax-rule';

type Index = Map<string, TaxRule[]>;

const indexes = new WeakMap<readonly TaxRule[], Index>();

const keyOf = (place: string, taxCode: string): string => `${place} ${taxCode}`;

/** Made once for each table that is loaded: a batch of bills asks it thousands of times. */
function indexOf(rules: readonly TaxRule[]): Index {
  const known = indexes.get(rules);
  if (known) return known;
  const index: Index = new Map();
  for (const rule of rules) {
    for (const taxCode of rule.taxCodes) {
      const key = keyOf(rule.jurisdiction, taxCode);
      const rows = index.get(key);
      if (rows) rows.push(rule);
      else index.set(key, [rule]);
    }
  }
  indexes.set(rules, index);
  return index;
}

/** All dated rows of these places that speak of one of these tax codes. The table must not change afterwards. */
export function rowsFor(
  rules: readonly TaxRule[],
  taxCodes: readonly string[],
  places: readonly string[],
): TaxRule[] {
  const index = indexOf(rules);
  const found = places.flatMap((place) =>
    taxCodes.flatMap((taxCode) => index.get(keyOf(place, taxCode)) ?? []),
  );
  return taxCodes.length > 1 ? [...new Set(found)] : found;
}
