import type { Instant } from '@tollkeeper/calendar';
import type { UsageCounts } from '@tollkeeper/contracts';
import { type FileLine, splitLine } from '@tollkeeper/platform';
import {
  type ColumnOrder,
  isPartial,
  maskLine,
  type PartialRecord,
  readUsage,
  type UsageReading,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { isReservedId, sequenceKey, sessionOf } from './take-partials';
import type { UsageRejectRow } from './usage-import.schema';
import { usageKey, type RatingColumns, type UsageRow } from '../usage/usage.schema';

export interface ReadLine {
  line: FileLine;
  reading: UsageReading;
}

export const readLines = (lines: readonly FileLine[], order: ColumnOrder, latestStart: Instant): ReadLine[] =>
  lines.map((line) => {
    const fields = splitLine(line.text);
    return { line, reading: fields ? readUsage(fields, order, latestStart) : { reason: 'malformedLine' } };
  });

export const recordsOf = (lines: readonly ReadLine[]): UsageRecord[] =>
  lines.flatMap(({ reading }) => ('record' in reading ? [reading.record] : []));

interface TakenPlaces {
  ids: ReadonlySet<string>;
  /** Places of partial records in their sessions. */
  sequences: ReadonlySet<string>;
}

/** Every line has one place: a new record, a duplicate (of the batch or of what is stored), or a rejected line. */
export function sortOut(importId: string, lines: readonly ReadLine[], taken: TakenPlaces) {
  const fresh = new Map<string, UsageRecord>();
  const sequences = new Set(taken.sequences);
  const rejects: UsageRejectRow[] = [];
  const reject = ({ lineNumber, text }: FileLine, outcome: UsageRejectRow['outcome'], reason: string) =>
    rejects.push({
      _id: `${importId}/${lineNumber}`,
      importId,
      lineNumber,
      outcome,
      reason,
      raw: maskLine(text),
    });
  for (const { line, reading } of lines) {
    if ('reason' in reading) reject(line, 'rejected', reading.reason);
    else if (isReservedId(reading.record.recordId)) reject(line, 'rejected', 'reservedRecordId');
    else if (taken.ids.has(reading.record.recordId) || fresh.has(reading.record.recordId))
      reject(line, 'duplicate', 'duplicateRecord');
    else if (isPartial(reading.record) && sequences.has(placeOf(reading.record)))
      reject(line, 'duplicate', 'duplicateSequence');
    else {
      fresh.set(reading.record.recordId, reading.record);
      if (isPartial(reading.record)) sequences.add(placeOf(reading.record));
    }
  }
  return { fresh: [...fresh.values()], rejects };
}

const placeOf = (record: PartialRecord): string => sequenceKey(sessionOf(record), record.recordSequence);

export const usageRows = (
  tenantId: string,
  importId: string,
  records: readonly UsageRecord[],
  columns: ReadonlyMap<string, RatingColumns>,
): UsageRow[] =>
  records.map((record) => {
    const rating = columns.get(record.recordId);
    if (!rating) throw new Error(`record ${record.recordId} was not rated`);
    return { _id: usageKey(tenantId, record.recordId), importId, ...record, ...rating };
  });

export const noCounts: UsageCounts = {
  received: 0,
  rated: 0,
  rejected: 0,
  inSuspense: 0,
  duplicate: 0,
  filtered: 0,
  aggregatedInto: 0,
};

/** What a batch adds: every line of it in exactly one count besides `received`. A call's later parts are no lines. */
export function countsOf(
  rows: readonly UsageRow[],
  rejects: readonly UsageRejectRow[],
  aggregatedInto: number,
): UsageCounts {
  const lines = rows.filter(({ partOf }) => partOf === undefined);
  const rated = lines.filter(({ status }) => status === 'rated').length;
  const duplicate = rejects.filter(({ outcome }) => outcome === 'duplicate').length;
  return {
    ...noCounts,
    received: lines.length + rejects.length + aggregatedInto,
    rated,
    inSuspense: lines.length - rated,
    duplicate,
    rejected: rejects.length - duplicate,
    aggregatedInto,
  };
}
