/** One record of a CSV file, with the line where it begins; or what is wrong with it. */
export type CsvRecord =
  | { line: number; cells: string[] }
  /** `isLast`: behind it no record can be told from the next one. */
  | { line: number; fault: string; isLast?: true };

const byteOrderMark = '\uFEFF';

/**
 * Comma-separated values (RFC 4180) piece by piece: a file of any size passes, and what is kept is one record at most.
 * Text is trimmed, blank lines are passed over; a fault leaves the rest of the file readable, except where said.
 */
export class CsvReader {
  private rest = '';
  private line = 1;
  private isStart = true;
  /** Set by a fault behind which no record can be told from the next one. */
  private isLost = false;

  constructor(private readonly mostLength: number) {}

  *push(text: string): Generator<CsvRecord> {
    if (this.isLost || text === '') return;
    const clean = this.isStart && text.startsWith(byteOrderMark) ? text.slice(1) : text;
    this.isStart = false;
    const all = this.rest + clean;
    let from = 0;
    for (let end = this.endFrom(all, 0); end !== -1; end = this.endFrom(all, from)) {
      yield* this.record(all.slice(from, end));
      if (this.isLost) return;
      from = end + 1;
    }
    this.rest = all.slice(from);
    if (this.rest.length > this.mostLength) yield this.lost(this.rest);
  }

  /** What stands behind the last line end. */
  *end(): Generator<CsvRecord> {
    if (this.isLost || this.rest === '') return;
    const last = this.rest;
    this.rest = '';
    yield* hasOpenQuote(last) ? [this.lost(last)] : this.record(last);
  }

  /** The line that would come next. */
  get nextLine(): number {
    return this.line;
  }

  private endFrom(text: string, from: number): number {
    return endOfRecord(text, from, this.mostLength);
  }

  private *record(text: string): Generator<CsvRecord> {
    const { line } = this;
    if (text.length > this.mostLength) {
      yield this.lost(text);
      return;
    }
    this.line += 1 + countLineEnds(text);
    const record = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (record.trim() === '') return;
    const cells = cellsOf(record);
    yield typeof cells === 'string' ? { line, fault: cells } : { line, cells };
  }

  private lost(text: string): CsvRecord {
    this.isLost = true;
    this.rest = '';
    const { line } = this;
    const quoteAt = openQuoteAt(text);
    if (quoteAt === -1) return { line, fault: `is longer than ${this.mostLength} characters`, isLast: true };
    return {
      line: line + countLineEnds(text.slice(0, quoteAt)),
      fault: 'has a quote that is never closed: write "" for a quote inside a field',
      isLast: true,
    };
  }
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** A line end inside quotes belongs to the field; behind an absurd length it is not looked for any longer. */
function endOfRecord(text: string, from: number, mostLength: number): number {
  let end = text.indexOf('\n', from);
  while (end !== -1 && end - from <= mostLength && hasOpenQuote(text.slice(from, end)))
    end = text.indexOf('\n', end + 1);
  return end;
}

function openQuoteAt(text: string): number {
  let open = -1;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) open = open === -1 ? at : -1;
  return open;
}

const hasOpenQuote = (text: string): boolean => openQuoteAt(text) !== -1;

const quotedCell = /\s*"((?:[^"]|"")*)"\s*(,|$)/y;
const plainCell = /([^",]*)(,|$)/y;

/** The fields of a record, or what is wrong with its quotes. */
function cellsOf(record: string): string[] | string {
  if (!record.includes('"')) return record.split(',').map((cell) => cell.trim());
  const cells: string[] = [];
  for (let at = 0; ;) {
    quotedCell.lastIndex = at;
    plainCell.lastIndex = at;
    const quoted = quotedCell.exec(record);
    const found = quoted ?? plainCell.exec(record);
    if (!found)
      return 'has a quote inside a field: put the whole field in quotes and write "" for each quote in it';
    const [whole, text = '', separator] = found;
    cells.push(quoted ? text.replaceAll('""', '"').trim() : text.trim());
    at += whole.length;
    if (separator === '') return cells;
  }
}
