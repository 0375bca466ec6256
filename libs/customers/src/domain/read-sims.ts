import type { Finding } from './finding';
import { identifierShapes } from './identifier-shapes';

export interface SimLine {
  lineNumber: number;
  iccid: string;
  imsi: string;
}

const simColumns = ['iccid', 'imsi'] as const;
export const mostSimLines = 10_000;

const isIccid = (text: string): boolean => identifierShapes.iccid.safeParse(text).success;
const isImsi = (text: string): boolean => identifierShapes.imsi.safeParse(text).success;

export const fieldOfLine = (lineNumber: number, column?: string): string =>
  column ? `line ${lineNumber}: ${column}` : `line ${lineNumber}`;

/** A file of cards: a header, then one card a line. Every wrong line is named; a card or an IMSI stands in it once. */
export function readSims(text: string): { sims: SimLine[]; findings: Finding[] } {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = header.split(',').map((name) => name.trim());
  const [iccidAt, imsiAt] = simColumns.map((name) => columns.indexOf(name));
  if (iccidAt === undefined || imsiAt === undefined || columns.length !== 2 || iccidAt < 0 || imsiAt < 0)
    return {
      sims: [],
      findings: [{ field: fieldOfLine(1), reason: `must name the columns ${simColumns.join(',')}` }],
    };
  const rows = lines
    .map((line, index) => ({ lineNumber: index + 2, fields: line.split(',').map((field) => field.trim()) }))
    .filter(({ fields }) => fields.join('') !== '');
  if (rows.length === 0)
    return { sims: [], findings: [{ field: fieldOfLine(2), reason: 'the file has no cards' }] };
  if (rows.length > mostSimLines)
    return {
      sims: [],
      findings: [{ field: 'body', reason: `has ${rows.length} cards: hand in ${mostSimLines} at most` }],
    };
  const seen = new Map<string, number>();
  const findings: Finding[] = [];
  const sims: SimLine[] = [];
  for (const { lineNumber, fields } of rows) {
    const sim = { lineNumber, iccid: fields[iccidAt] ?? '', imsi: fields[imsiAt] ?? '' };
    const faults =
      fields.length === 2
        ? faultsOf(sim, seen)
        : [{ field: fieldOfLine(lineNumber), reason: 'must have 2 fields' }];
    findings.push(...faults);
    if (faults.length === 0) sims.push(sim);
  }
  return { sims, findings };
}

function faultsOf({ lineNumber, iccid, imsi }: SimLine, seen: Map<string, number>): Finding[] {
  const once = (column: string, value: string): Finding[] => {
    const before = seen.get(`${column}/${value}`);
    seen.set(`${column}/${value}`, before ?? lineNumber);
    return before === undefined
      ? []
      : [{ field: fieldOfLine(lineNumber, column), reason: `${value} stands in line ${before} already` }];
  };
  return [
    ...(isIccid(iccid)
      ? once('iccid', iccid)
      : [{ field: fieldOfLine(lineNumber, 'iccid'), reason: 'must be 18 to 22 digits' }]),
    ...(isImsi(imsi)
      ? once('imsi', imsi)
      : [{ field: fieldOfLine(lineNumber, 'imsi'), reason: 'must be 14 or 15 digits' }]),
  ];
}
