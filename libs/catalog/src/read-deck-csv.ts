import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import type { RateEntry } from '@tollkeeper/contracts';
import { entryKey, rateEntryFields } from './domain/rate-entry-fields';

export interface LineError {
  line: number;
  column: string | null;
  reason: string;
}

export interface DeckCsvLimits {
  bytes: number;
  rows: number;
  lineBytes: number;
  errors: number;
}

export const deckCsvLimits: DeckCsvLimits = {
  bytes: 64 * 1024 * 1024,
  rows: 200_000,
  lineBytes: 8 * 1024,
  errors: 100,
};

export const deckCsvColumns = Object.keys(rateEntryFields.shape) as (keyof RateEntry)[];
const numberColumns: readonly string[] = ['perUnits', 'initialIncrement', 'nextIncrement'];

class TooLarge extends Error {}

/** Reads a whole deck or says what is wrong, line by line; stops after `limits.errors` of them. */
export async function readDeckCsv(
  source: AsyncIterable<Buffer | string>,
  limits: DeckCsvLimits = deckCsvLimits,
): Promise<{ entries: RateEntry[]; errors: LineError[] }> {
  const sheet = new DeckSheet(limits);
  const options = {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: limits.lineBytes,
  };
  const rows = pipeline(Readable.from(atMost(limits.bytes, source)), parse(options), () => undefined);
  try {
    for await (const { record, info } of rows as AsyncIterable<{ record: string[]; info: Info }>) {
      if (!sheet.take(record, info.lines)) break;
    }
  } catch (error) {
    sheet.stopAt(error);
  }
  return sheet.result();
}

async function* atMost(bytes: number, source: AsyncIterable<Buffer | string>): AsyncIterable<Buffer> {
  let seen = 0;
  for await (const chunk of source) {
    const buffer = Buffer.from(chunk);
    seen += buffer.length;
    if (seen > bytes) throw new TooLarge(`the file is larger than ${bytes} bytes`);
    yield buffer;
  }
}

class DeckSheet {
  private readonly entries: RateEntry[] = [];
  private readonly errors: LineError[] = [];
  private readonly lineOfKey = new Map<string, number>();
  private header: string[] | null = null;
  private lastLine = 0;

  constructor(private readonly limits: DeckCsvLimits) {}

  /** False: enough is wrong, read no further. */
  take(cells: string[], line: number): boolean {
    this.lastLine = line;
    if (!this.header) return this.takeHeader(cells, line);
    if (this.entries.length === this.limits.rows) {
      this.fault(line, null, `the deck has more than ${this.limits.rows} rows`);
      return false;
    }
    this.takeRow(cells, line, this.header);
    return this.errors.length < this.limits.errors;
  }

  stopAt(error: unknown): void {
    if (error instanceof CsvError)
      this.fault(Number(error['lines'] ?? this.lastLine + 1), null, csvReason(error, this.limits));
    else if (error instanceof TooLarge) this.fault(this.lastLine + 1, null, error.message);
    else throw error;
  }

  result(): { entries: RateEntry[]; errors: LineError[] } {
    if (this.errors.length === 0 && this.entries.length === 0)
      this.fault(this.lastLine + 1, null, 'the file has no rates');
    return { entries: this.errors.length > 0 ? [] : this.entries, errors: this.errors };
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
    if (cells.some((cell) => cell.includes('\uFFFD'))) return this.fault(line, null, 'is not UTF-8');
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

  private fault(line: number, column: string | null, reason: string): void {
    this.errors.push({ line, column, reason });
  }
}

const valueOf = (column: string, cell: string): string | number =>
  numberColumns.includes(column) && /^\d{1,16}$/.test(cell) ? Number(cell) : cell;

const csvReason = (error: CsvError, { lineBytes }: DeckCsvLimits): string =>
  error.code === 'CSV_MAX_RECORD_SIZE' ? `is longer than ${lineBytes} bytes` : error.message;
