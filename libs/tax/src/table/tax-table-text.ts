import { stringify } from 'csv-stringify/sync';
import { taxTableColumns } from './read-tax-table';
import type { LineTier, TaxRule } from './tax-rule';

/** The table as `readTaxTable` reads it. */
export const taxTableText = (rules: readonly TaxRule[]): string =>
  stringify(rules.map(cellsOf), {
    header: true,
    columns: [...taxTableColumns],
    cast: { boolean: () => 'yes' },
  });

function cellsOf({ amount, taxCodes, onTopOf, replaces, ...plain }: TaxRule): Record<string, unknown> {
  const { kind, ...terms } = amount;
  const tiers = amount.kind === 'tiered' ? { tiers: amount.tiers.map(tierText).join(';') } : {};
  const lineTiers =
    amount.kind === 'perLine' && amount.lineTiers
      ? { lineTiers: amount.lineTiers.map(lineTierText).join(';') }
      : {};
  return {
    ...plain,
    ...terms,
    ...tiers,
    ...lineTiers,
    kind,
    taxCodes: taxCodes.join(';'),
    onTopOf: onTopOf.join(';'),
    replaces: replaces.join(';'),
  };
}

const tierText = ({ upToMinor, percent }: { upToMinor: number | null; percent: string }): string =>
  `${upToMinor ?? '*'}:${percent}`;

const lineTierText = ({ upToLines, percent }: LineTier): string => `${upToLines ?? '*'}:${percent}`;
