import { isLocalDate, localDate, type LocalDate } from '@tollkeeper/calendar';
import { CsvError, parse } from 'csv-parse/sync';
import {
  bankAccountKey,
  type BankEntry,
  minorOfDecimal,
  referenceOrNull,
  type StatementReading,
  type StatementSink,
  WholeReading,
} from './bank-entry';

export const dateFormats = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD.MM.YY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'YYYYMMDD',
] as const;
export const charsets = ['utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le'] as const;

/** How one bank writes its statements: each names a column of the file's head. */
export interface CsvMapping {
  charset: (typeof charsets)[number];
  delimiter: ',' | ';' | '\t' | '|';
  /** Lines before the head. */
  skipLines: number;
  decimal: ',' | '.';
  dateFormat: (typeof dateFormats)[number];
  columns: {
    bookedOn: string;
    /** Signed, or with `sign`; else `credit` and `debit`. */
    amount?: string;
    credit?: string;
    debit?: string;
    sign?: string;
    currency?: string;
    name?: string;
    iban?: string;
    text: string[];
    bankReference?: string;
    endToEndId?: string;
    creditorReference?: string;
  };
  /** What `sign` says of money that went out. */
  debitSigns?: string[];
}

type Cells = Record<string, string>;

/** Small enough to be held as a whole. */
export function readCsv(text: string, mapping: CsvMapping, ours: OwnAccount): StatementReading {
  const whole = new WholeReading();
  tellCsv(text, mapping, ours, whole);
  return whole;
}

interface OwnAccount {
  bankAccount: string;
  currency: string;
}

/** All of the file or nothing: a line that cannot be read is named, and the file is refused. No line is kept. */
export function tellCsv(text: string, mapping: CsvMapping, ours: OwnAccount, sink: StatementSink): void {
  sink.begin(ours.bankAccount);
  let missing: string[] | null = null;
  const take = (cells: Cells, { lines }: { lines: number }): null => {
    if (missing === null) {
      missing = missingColumns(cells, mapping);
      for (const name of missing) sink.fault({ field: 'line 1', reason: `has no column "${name}"` });
    }
    if (missing.length > 0) return null;
    const entry = readLine(cells, mapping, ours);
    if (entry === null) sink.skip();
    else if (typeof entry === 'string') sink.fault({ field: `line ${lines}`, reason: entry });
    else sink.entry({ ...entry, place: `line ${lines}` });
    return null;
  };
  try {
    parse(text, {
      delimiter: mapping.delimiter,
      bom: true,
      from_line: mapping.skipLines + 1,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      columns: (head: string[]) => head,
      on_record: take,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    sink.fault({ field: `line ${line}`, reason: error.message });
  }
}

function missingColumns(cells: Cells, { columns }: CsvMapping): string[] {
  const named = Object.values(columns).flat();
  return [...new Set(named)].filter((name) => !(name in cells));
}

/** `null`: a line without a movement, as banks end their files with; a text: what is wrong with it. */
function readLine(
  cells: Cells,
  mapping: CsvMapping,
  ours: OwnAccount,
): Omit<BankEntry, 'place'> | string | null {
  const { columns } = mapping;
  const cell = (name: string | undefined): string => (name === undefined ? '' : (cells[name] ?? ''));
  const written = [columns.amount, columns.credit, columns.debit].map(cell).join('');
  if (cell(columns.bookedOn) === '' && written === '') return null;
  const bookedOn = dateIn(cell(columns.bookedOn), mapping.dateFormat);
  if (!bookedOn) return `"${cell(columns.bookedOn)}" is no date in the form ${mapping.dateFormat}`;
  const currency = cell(columns.currency) || ours.currency;
  const signed = signedMinor(cells, mapping, currency);
  if (signed === null) return 'its amount is no decimal number in whole minor units of the currency';
  if (signed === 0) return null;
  const reference = cell(columns.creditorReference);
  return {
    bankAccount: ours.bankAccount,
    bankReference: referenceOrNull(cell(columns.bankReference)),
    direction: signed > 0 ? 'in' : 'out',
    isReversal: false,
    amountMinor: Math.abs(signed),
    currency,
    bookedOn,
    counterparty: { name: cell(columns.name), iban: bankAccountKey(cell(columns.iban)) },
    references: reference === '' ? [] : [reference],
    endToEndId: referenceOrNull(cell(columns.endToEndId)) ?? '',
    text: columns.text
      .map(cell)
      .filter((each) => each !== '')
      .join(' '),
    isBatch: false,
  };
}

function signedMinor(
  cells: Cells,
  { columns, decimal, debitSigns = ['-', 'D', 'DBIT', 'S', 'H-'] }: CsvMapping,
  currency: string,
): number | null {
  const amountIn = (name: string | undefined): number | null =>
    name === undefined || (cells[name] ?? '') === '' ? 0 : minorIn(cells[name] ?? '', decimal, currency);
  if (columns.amount !== undefined) {
    const amount = amountIn(columns.amount);
    if (amount === null || columns.sign === undefined) return amount;
    return debitSigns.includes(cells[columns.sign] ?? '') ? -Math.abs(amount) : amount;
  }
  const [credit, debit] = [amountIn(columns.credit), amountIn(columns.debit)];
  return credit === null || debit === null ? null : Math.abs(credit) - Math.abs(debit);
}

/** `1.234,56-`, `+1'234.56`, `-0.05`: a sign on either side, thousands in groups of three. */
export function minorIn(written: string, decimal: ',' | '.', currency: string): number | null {
  const [, before = '', digits = '', after = ''] =
    /^([+-]?)\s*([\d.,'\s\u00a0\u202f]+?)\s*([+-]?)$/.exec(written) ?? [];
  const [whole = '', fraction, ...more] = digits.split(decimal);
  const groups = whole.split(decimal === ',' ? /[.'\s\u00a0\u202f]/ : /[,'\s\u00a0\u202f]/);
  const [first = '', ...rest] = groups;
  const isGrouped =
    rest.every((group) => /^\d{3}$/.test(group)) && (rest.length === 0 || /^\d{1,3}$/.test(first));
  if (more.length > 0 || !isGrouped || (before !== '' && after !== '')) return null;
  const minor = minorOfDecimal(`${groups.join('')}${fraction === undefined ? '' : `.${fraction}`}`, currency);
  return minor === null ? null : before === '-' || after === '-' ? -minor : minor;
}

const dateShapes: Record<CsvMapping['dateFormat'], RegExp> = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  'DD.MM.YYYY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  'DD.MM.YY': /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{2})$/,
  'DD/MM/YYYY': /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
};

function dateIn(written: string, format: CsvMapping['dateFormat']): LocalDate | null {
  const { year = '', month = '', day = '' } = dateShapes[format].exec(written)?.groups ?? {};
  const date = `${year.length === 2 ? '20' : ''}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? localDate(date) : null;
}
