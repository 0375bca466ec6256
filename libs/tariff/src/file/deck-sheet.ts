import type { RateEntry } from '@tollkeeper/contracts';
import type { CsvRecord } from './csv-reader';
import { entryKey, rateEntryFields } from './rate-entry-fields';
import type { DeckCsvLimits, LineError } from './read-deck-csv';
import { faultOfCharacters } from './read-text';

export const deckCsvColumns = Object.keys(rateEntryFields.shape) as (keyof RateEntry)[];
const numberColumns: readonly string[] = ['perUnits', 'initialIncrement', 'nextIncrement'];

/** The rows of a rate deck as they come: good ones are kept, and of the others where and why they are wrong. */
export class DeckSheet {
  private readonly entries: RateEntry[] = [];
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

  result(): { entries: RateEntry[]; errors: LineError[] } {
    if (this.errors.length === 0 && this.entries.length === 0)
      this.fault(this.lastLine + 1, null, 'the file has no rates');
    return { entries: this.errors.length > 0 ? [] : this.entries, errors: this.errors };
  }

  fault(line: number, column: string | null, reason: string): void {
    this.errors.push({ line, column, reason });
  }

  private takeHeader(cells: string[], line: number): boolean {
    const known: readonly string[] = deckCsvColumns;
    cells.forEach((name, at) => {
      if (!known.includes(name)) this.fault(line, name, 'is not a column of a rate deck');
      else if (cells.indexOf(name) !== at) this.fault(line, name, 'is there twice');
    });
    for (const name of known) if (!cells.includes(name)) this.fault(line, name, 'is missing');
    this.header = cells;
    return this.errors.length === 0;
  }

  private takeRow(cells: string[], line: number, header: string[]): void {
    if (cells.length !== header.length)
      return this.fault(line, null, `has ${cells.length} fields, the header ${header.length}`);
    const damage = cells.map(faultOfCharacters).find((fault) => fault !== null);
    if (damage) return this.fault(line, null, damage);
    const parsed = rateEntryFields.safeParse(
      Object.fromEntries(header.map((name, at) => [name, valueOf(name, cells[at] ?? '')])),
    );
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
        `has the same usage type, serving zone and prefix as line ${earlier}`,
      );
    this.lineOfKey.set(key, line);
    this.entries.push(parsed.data);
  }
}

const valueOf = (column: string, cell: string): string | number =>
  numberColumns.includes(column) && /^\d{1,16}$/.test(cell) ? Number(cell) : cell;
