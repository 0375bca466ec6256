import type { StorageRef, UsageCounts } from '@tollkeeper/contracts';
import type { Invariant } from '../invariant';

interface ImportRow {
  _id: string;
  state: string;
  file: StorageRef;
  offsetBytes: number;
  linesRead: number;
  counts: UsageCounts;
}

type Outcome = 'rated' | 'inSuspense' | 'rejected' | 'duplicate' | 'aggregatedInto';
export type StoredRows = Partial<Record<Outcome, number>>;

const outcomes = ['rated', 'inSuspense', 'rejected', 'duplicate', 'aggregatedInto'] as const;

/** Rated parts of sessions, and the later parts of calls, are no lines of a file. */
const lines = { session: null, partOf: null };

export const usage: Invariant = {
  name: 'usage',
  statement: 'every received line is in exactly one state and counted; a finished import was read to its end',
  async check({ rows, objects }, findings) {
    const stored = new Map<string, StoredRows>();
    const collections = [
      ['usage', '$status'],
      ['usageRejects', '$outcome'],
      ['usagePartials', 'aggregatedInto'],
    ] as const;
    for (const [collection, outcome] of collections) {
      const groups = rows.aggregate<{ _id: { importId: string; outcome: Outcome }; rows: number }>(
        'rating',
        collection,
        [
          { $match: collection === 'usage' ? lines : {} },
          { $group: { _id: { importId: '$importId', outcome }, rows: { $sum: 1 } } },
        ],
      );
      for await (const { _id, rows: found } of groups) {
        stored.set(_id.importId, { ...stored.get(_id.importId), [_id.outcome]: found });
        findings.count(_id.outcome, found);
      }
    }

    for await (const row of rows.find<ImportRow>('rating', 'usageImports')) {
      findings.look(row.counts.received);
      findings.count('imports');
      for (const fault of importFaults(row, stored.get(row._id) ?? {})) findings.breach(row._id, fault);
      stored.delete(row._id);
      if (row.state !== 'completed') continue;
      const lines = await objects.linesBehindHeader(row.file);
      if (lines === null) findings.count('files purged');
      else if (lines !== row.counts.received)
        findings.breach(row._id, `its file has ${lines} lines, ${row.counts.received} were received`);
    }
    for (const importId of stored.keys())
      findings.breach(importId, 'there are records of an import that is not there');

    const wrong = rows.aggregate<{ _id: string; status: string }>('rating', 'usage', [{ $match: misplaced }]);
    for await (const { _id, status } of wrong)
      findings.breach(
        _id,
        `is ${status} in a way that no record can be, or is kept under another record's key`,
      );
  },
};

/** The key is unique; a row under its own record's key therefore is the only one of that record. */
const misplaced = {
  $or: [
    { $expr: { $ne: ['$_id', { $concat: ['$tenantId', '/', '$recordId'] }] } },
    { status: { $nin: ['rated', 'inSuspense'] } },
    {
      status: 'inSuspense',
      $or: [{ reason: null }, { billingPeriodId: { $ne: null } }, { amountMicro: { $ne: 0 } }],
    },
  ],
};

export function importFaults(
  { state, file, offsetBytes, linesRead, counts }: Omit<ImportRow, '_id'>,
  stored: StoredRows,
): string[] {
  const { received, ...ends } = counts;
  const ended = Object.values(ends).reduce((sum, count) => sum + count, 0);
  const faults = outcomes
    .filter((outcome) => counts[outcome] !== (stored[outcome] ?? 0))
    .map((outcome) => `counts ${counts[outcome]} ${outcome}, ${stored[outcome] ?? 0} are stored`);
  if (ended !== received) faults.push(`received ${received} lines, ${ended} of them have a state`);
  if (counts.filtered !== 0) faults.push('counts filtered lines that are stored nowhere');
  if (received > Math.max(0, linesRead - 1))
    faults.push(`received ${received} lines of ${linesRead} that were read`);
  if (state === 'completed' && offsetBytes !== file.count)
    faults.push(`is completed at byte ${offsetBytes} of ${file.count}`);
  return faults;
}
