import { CsvError, parse } from 'csv-parse/sync';
import { checkTaxTable } from './check-tax-table';
import { taxRuleFields } from './read-tax-rule';
import { ruleKey, type TaxRule } from './tax-rule';

export interface TaxLineError {
  /** Line of the file, from 1. */
  line: number;
  column: string | null;
  reason: string;
}

export const taxTableColumns = [
  ...['taxId', 'name', 'levy', 'jurisdiction', 'taxCodes', 'segment', 'trigger', 'rateDate', 'rateChange'],
  ...['kind', 'percent', 'amount', 'share', 'grossUp', 'insidePercent', 'taxesOnly'],
  ...['capMinor', 'capAt', 'tiers', 'lineTiers', 'per', 'rounding', 'roundAt', 'roundStep', 'sumRounding'],
  ...['roundTogether', 'onTopOf', 'replaces', 'onPartialCredit', 'validFrom', 'validTo', 'law'],
] as const;

const neededColumns = ['taxId', 'name', 'levy', 'jurisdiction', 'taxCodes', 'kind', 'validFrom', 'law'];
const mostErrors = 100;

type Cells = Record<string, string>;

/**
 * A tax table as CSV: one dated row a line, lists separated by `;`, tiers as `1000:5;*:1` (up to 10.00 at 5 %, the rest at
 * 1 %) and `75:100;*:0` for lines, empty cells left out. All of it or nothing: errors name their line and column. It is checked together with the rows
 * that are there already; one of the same place, tax and first day takes the place of the older.
 */
export function readTaxTable(
  text: string,
  present: readonly TaxRule[] = [],
): { rules: TaxRule[]; errors: TaxLineError[] } {
  const errors: TaxLineError[] = [];
  const rows = readCells(text, errors);
  const lines: number[] = [];
  const rules = rows.flatMap(({ cells, line }) => {
    const parsed = taxRuleFields.safeParse(ruleOf(cells));
    if (parsed.success) {
      lines.push(line);
      return [parsed.data];
    }
    for (const { path, message } of parsed.error.issues)
      errors.push({ line, column: columnOf(path), reason: message });
    return [];
  });
  if (errors.length === 0) {
    const fresh = new Set(rules.map(ruleKey));
    const whole = [...rules, ...present.filter((rule) => !fresh.has(ruleKey(rule)))];
    for (const { row, field, reason } of checkTaxTable(whole))
      errors.push({ line: lines[row] ?? lines.at(-1) ?? 1, column: field, reason });
  }
  return errors.length > 0 ? { rules: [], errors: errors.slice(0, mostErrors) } : { rules, errors };
}

function readCells(text: string, errors: TaxLineError[]): { cells: Cells; line: number }[] {
  try {
    const rows = parse<{ record: Cells; info: { lines: number } }>(text, {
      ...{ bom: true, columns: (header: string[]) => checkedHeader(header, errors), info: true },
      ...{ skip_empty_lines: true, trim: true, comment: '#', max_record_size: 16_384 },
    });
    if (rows.length === 0 && errors.length === 0)
      errors.push({ line: 1, column: null, reason: 'the table has no rows' });
    return errors.length > 0 ? [] : rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    errors.push({ line: Number(error['lines'] ?? 1), column: null, reason: error.message });
    return [];
  }
}

function checkedHeader(header: string[], errors: TaxLineError[]): string[] {
  const known: readonly string[] = taxTableColumns;
  header.forEach((name, at) => {
    if (!known.includes(name))
      errors.push({ line: 1, column: name, reason: 'is not a column of a tax table' });
    else if (header.indexOf(name) !== at) errors.push({ line: 1, column: name, reason: 'is there twice' });
  });
  for (const name of neededColumns)
    if (!header.includes(name)) errors.push({ line: 1, column: name, reason: 'is missing' });
  return header;
}

const listOf = (cell: string | undefined): string[] | undefined =>
  cell ? cell.split(';').map((each) => each.trim()) : undefined;

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));

const whole = (cell: string | undefined): number | string | undefined =>
  cell && /^\d{1,15}$/.test(cell) ? Number(cell) : cell;

const yes = (cell: string | undefined): boolean | string | undefined => (cell === 'yes' ? true : cell);

const tiersOf = (cell: string | undefined) =>
  listOf(cell)?.map((each): [number | string | null | undefined, string] => {
    const [upTo = '', rate = ''] = each.split(':');
    return [upTo === '*' ? null : whole(upTo), rate];
  });

function ruleOf(cells: Cells): Record<string, unknown> {
  const {
    kind,
    percent,
    amount,
    share,
    grossUp,
    insidePercent,
    taxesOnly,
    capMinor,
    capAt,
    tiers,
    lineTiers,
    per,
    taxCodes,
    onTopOf,
    replaces,
    ...plain
  } = cells;
  return given({
    ...plain,
    taxCodes: listOf(taxCodes),
    onTopOf: listOf(onTopOf),
    replaces: listOf(replaces),
    amount: given({
      ...{ kind, percent, amount, share, insidePercent, capMinor: whole(capMinor), capAt, per },
      ...{ grossUp: yes(grossUp), taxesOnly: yes(taxesOnly) },
      tiers: tiersOf(tiers)?.map(([upToMinor, each]) => ({ upToMinor, percent: each })),
      lineTiers: tiersOf(lineTiers)?.map(([upToLines, each]) => ({ upToLines, percent: each })),
    }),
  });
}

const columnOf = (path: readonly PropertyKey[]): string | null => {
  const [first, second] = path.map(String);
  return first === 'amount' ? (second ?? 'kind') : (first ?? null);
};
