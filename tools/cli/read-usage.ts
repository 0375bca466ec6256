import {
  type ColumnOrder,
  CsvReader,
  type CsvRecord,
  faultOfCharacters,
  lineFault,
  readHeader,
  readText,
  readUsage,
  UnreadableText,
  type UsageRun,
} from '@tollkeeper/tariff';
import { BadInput } from './exit-codes';
import { openFile } from './open-file';

const mostBytes = 4 * 1024 * 1024 * 1024;
const mostLineLength = 16 * 1024;
/** A file is rated for what it says, whatever the clock says; its periods must still end before the year 10000. */
const latestStart = '9900-01-01T00:00:00.000Z';

/** Streams a usage file into runs; a file that is no usage is bad input, a wrong line is rejected by its number. */
export async function readUsageInto(path: string, runs: readonly UsageRun[]): Promise<void> {
  const reader = new CsvReader(mostLineLength);
  const sheet = new UsageSheet(path, runs);
  try {
    for await (const text of readText(await openFile(path), new TextDecoder(), mostBytes))
      for (const record of reader.push(text)) sheet.take(record);
    for (const record of reader.end()) sheet.take(record);
  } catch (error) {
    if (error instanceof UnreadableText) throw new BadInput([`${path}:${reader.nextLine}: ${error.message}`]);
    throw error;
  }
  sheet.end();
}

class UsageSheet {
  private order: ColumnOrder | null = null;

  constructor(
    private readonly path: string,
    private readonly runs: readonly UsageRun[],
  ) {}

  take(record: CsvRecord): void {
    const { line } = record;
    if ('fault' in record) {
      if (record.isLast || !this.order) throw new BadInput([`${this.path}:${line}: ${record.fault}`]);
      return this.runs.forEach((run) => run.reject(line, '', 'malformedLine', record.fault));
    }
    const { cells } = record;
    if (!this.order) return this.takeHeader(cells, line);
    const idAt = this.order.places.recordId;
    const damaged = cells.map(faultOfCharacters).find((fault) => fault !== null) ?? null;
    const reading = damaged
      ? { reason: 'malformedLine' as const }
      : readUsage(cells, this.order, latestStart);
    for (const run of this.runs) {
      if ('record' in reading) run.take(line, reading.record);
      else
        run.reject(
          line,
          damaged ? '' : (cells[idAt] ?? '').slice(0, 128),
          reading.reason,
          damaged ?? lineFault(reading.reason, cells, this.order),
        );
    }
  }

  end(): void {
    if (!this.order)
      throw new BadInput([`${this.path}:1: the file is empty: its first line names the columns`]);
  }

  private takeHeader(cells: string[], line: number): void {
    const damage = faultOfCharacters(cells.join(','));
    if (damage) throw new BadInput([`${this.path}:${line}: ${damage}`]);
    const separator = cells.length === 1 && /[;\t|]/.test(cells[0] ?? '');
    if (separator)
      throw new BadInput([
        `${this.path}:${line}: columns are separated by commas, not by semicolons or tabs`,
      ]);
    const order = readHeader(cells);
    if ('problem' in order)
      throw new BadInput([
        `${this.path}:${line}: the first line names the columns of usage: ${order.problem}`,
      ]);
    this.order = order;
  }
}
