import type { RateEntry } from '@tollkeeper/contracts';
import type { CsvRecord } from './csv-reader';
import { entryKey, keptRateEntry, rateEntryColumns, rateEntryFields } from './rate-entry-fields';
import type { DeckCsvLimits, LineError, ReadDeck } from './read-deck-csv';
import { suggestion } from './nearest-name';
import { inPlainWords } from './plain-words';
import { faultOfCharacters } from './read-text';

/** These may be missing, and a cell of theirs may be empty. */
const optionalColumns: readonly string[] = ['band', 'maxCharge', 'decimals'] satisfies (keyof RateEntry)[];
export const deckCsvColumns = rateEntryColumns.filter((name) => !optionalColumns.includes(name));
const quantityColumns = ['perUnits', 'initialIncrement', 'nextIncrement'];
const numberColumns = [...quantityColumns, 'decimals'];

/** The rows of a rate deck as they come: good ones are kept, and of the others where and why they are wrong. */
export class DeckSheet {
  private readonly entries: RateEntry[] = [];
  private readonly lines: number[] = [];
  private readonly errors: LineError[] = [];
  private readonly lineOfKey = new Map<string, number>();
  private header: string[] | null = null;
  private lastLine = 0;

  constructor(private readonly limits: DeckCsvLimits) {}

  /** False: enough is wrong, read no further. */
  take(record: CsvRecord): boolean {
    const { line } = record;
    this.lastLine = line;
    if ('fault' in record) this.fault(line, null, record.fault);
    else if (!this.header) return this.takeHeader(record.cells, line);
    else if (this.entries.length === this.limits.rows) {
      this.fault(line, null, `the deck has more than ${this.limits.rows} rows`);
      return false;
    } else this.takeRow(record.cells, line, this.header);
    return this.errors.length < this.limits.errors;
  }

  result(): ReadDeck {
    if (this.errors.length === 0 && this.entries.length === 0)
      this.fault(this.lastLine + 1, null, 'the file has no rates');
    const { errors, lines } = this;
    return { entries: errors.length > 0 ? [] : this.entries, errors, lines };
  }

  fault(line: number, column: string | null, reason: string): void {
    this.errors.push({ line, column, reason });
  }

  private takeHeader(cells: string[], line: number): boolean {
    this.header = cells;
    const separator = cells.length === 1 ? wrongSeparator(cells[0] ?? '') : undefined;
    if (separator) {
      this.fault(line, null, `separates its columns by ${separator}: they are separated by commas`);
      return false;
    }
    const damage = faultOfCharacters(cells.join(','));
    if (damage) this.fault(line, null, damage);
    else this.checkColumns(cells, line);
    return this.errors.length === 0;
  }

  private checkColumns(cells: string[], line: number): void {
    const known: readonly string[] = rateEntryColumns;
    cells.forEach((name, at) => {
      if (name === '') this.fault(line, null, `has no name for column ${at + 1}`);
      else if (!known.includes(name))
        this.fault(line, name, `is not a column of a rate deck${suggestion(name, known)}`);
      else if (cells.indexOf(name) !== at) this.fault(line, name, 'is there twice');
    });
    for (const name of deckCsvColumns) if (!cells.includes(name)) this.fault(line, name, 'is missing');
  }

  private takeRow(cells: string[], line: number, header: string[]): void {
    if (cells.length !== header.length)
      return this.fault(line, null, `has ${cells.length} fields, the header ${header.length}`);
    const damage = faultOfCharacters(cells.join(','));
    if (damage) return this.fault(line, null, damage);
    const row = rowOf(header, cells);
    const shape = quantityColumns.every((name) => typeof row[name] === 'number')
      ? keptRateEntry
      : rateEntryFields;
    const parsed = shape.safeParse(row, { error: inPlainWords });
    if (!parsed.success)
      return parsed.error.issues.forEach(({ path, message }) =>
        this.fault(line, path.join('.') || null, message),
      );
    const key = entryKey(parsed.data);
    const earlier = this.lineOfKey.get(key);
    if (earlier !== undefined)
      return this.fault(
        line,
        'prefix',
        `has the same usage type, serving zone, prefix and band as line ${earlier}: one key, one rate`,
      );
    this.lineOfKey.set(key, line);
    this.entries.push(parsed.data);
    this.lines.push(line);
  }
}

function rowOf(header: readonly string[], cells: readonly string[]): Record<string, string | number> {
  const row: Record<string, string | number> = {};
  header.forEach((name, at) => {
    const cell = cells[at] ?? '';
    if (cell === '' && optionalColumns.includes(name)) return;
    row[name] = numberColumns.includes(name) && /^\d{1,16}$/.test(cell) ? Number(cell) : cell;
  });
  return row;
}

/** Spreadsheets of many countries write semicolons, databases tabs. */
function wrongSeparator(line: string): string | undefined {
  if (line.includes(';')) return 'semicolons';
  if (line.includes('\t')) return 'tabs';
  return line.includes('|') ? 'vertical bars' : undefined;
}
