import { findCardNumber } from '@tollkeeper/contracts';
import { type FileLine, splitLine } from '@tollkeeper/platform';
import type { Finding } from '../domain/finding';
import type { SubscriberFileKind } from './subscriber-import.schema';

const profileColumns = [
  'email',
  'language',
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'city',
  'region',
  'postalCode',
  'country',
  'cycleId',
  'termsDays',
] as const;

const columnsOf = {
  newSubscribers: [
    'accountExternalId',
    'customerName',
    ...profileColumns,
    'zone',
    'currency',
    'subscriptionExternalId',
    'offeringId',
    'activeFrom',
    'pool',
    'msisdn',
    'imsi',
    'iccid',
  ],
  changes: [
    'accountId',
    'accountExternalId',
    ...profileColumns,
    'subscriptionId',
    'subscriptionExternalId',
    'offeringId',
    'from',
  ],
} as const;

/** Numbers that may pass for those of a card. */
export const numberColumns: ReadonlySet<string> = new Set(['msisdn', 'imsi', 'iccid']);

export type NewSubscriberColumn = (typeof columnsOf)['newSubscribers'][number];
export type ChangeColumn = (typeof columnsOf)['changes'][number];

/** Of each group at least one column stands in the header. */
const needed: Record<SubscriberFileKind, readonly (readonly string[])[]> = {
  newSubscribers: [['accountExternalId'], ['offeringId'], ['activeFrom'], ['msisdn', 'imsi', 'iccid']],
  changes: [['accountId', 'accountExternalId']],
};

export const columnNames = (kind: SubscriberFileKind): readonly string[] => columnsOf[kind];

/** Columns may come in any order and be left out where a file says nothing of them; an unknown one is a mistake. */
export function readColumns(
  kind: SubscriberFileKind,
  names: readonly string[],
): { columns: string[] } | { problem: string } {
  const columns = names.map((name) => name.trim());
  const known: readonly string[] = columnsOf[kind];
  const unknown = columns.filter((name) => !known.includes(name));
  const twice = columns.filter((name, place) => columns.indexOf(name) !== place);
  const missing = needed[kind].filter((group) => !group.some((name) => columns.includes(name)));
  if (unknown.length > 0)
    return { problem: `columns unknown: ${unknown.slice(0, 5).join(', ').slice(0, 200)}` };
  if (twice.length > 0) return { problem: `columns twice: ${twice.join(', ')}` };
  if (missing.length > 0)
    return { problem: `columns missing: ${missing.map((group) => group.join(' or ')).join(', ')}` };
  return { columns };
}

/** What a line says, by column; blank columns are left out. */
export type LineRecord<Column extends string = string> = Partial<Record<Column, string>>;

export interface ReadLine<Column extends string> {
  lineNumber: number;
  reading: { record: LineRecord<Column> } | { finding: Finding };
}

/** What is left of a card number in a file: it is masked as it comes. */
const maskedCardNumber = /(?:\*[ .-]?){9,}\d/;

/** A replacement character is what is left of a byte that is not UTF-8. */
const unreadable = /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/u;

export const readLines = <Column extends string>(
  lines: readonly FileLine[],
  columns: readonly string[],
): ReadLine<Column>[] =>
  lines.map(({ lineNumber, text }) => ({ lineNumber, reading: readLine<Column>(text, columns) }));

function readLine<Column extends string>(
  text: string,
  columns: readonly string[],
): { record: LineRecord<Column> } | { finding: Finding } {
  const wrong = (reason: string) => ({ finding: { field: 'line', reason } });
  if (unreadable.test(text)) return wrong('has characters that are not readable text in UTF-8');
  const fields = splitLine(text);
  if (!fields) return wrong('its quotes do not fit');
  if (fields.length !== columns.length)
    return wrong(`has ${fields.length} fields, the header names ${columns.length}`);
  const record: LineRecord = {};
  for (const [place, column] of columns.entries()) {
    const value = fields[place]?.trim();
    if (value) record[column] = value;
  }
  const place =
    findCardNumber(record) ?? columns.find((column) => maskedCardNumber.test(record[column] ?? '')) ?? null;
  if (place !== null)
    return { finding: { field: place, reason: 'looks like a card number, which is never accepted here' } };
  return { record };
}
