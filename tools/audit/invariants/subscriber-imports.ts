import type { StorageRef, SubscriberImportCounts } from '@tollkeeper/contracts';
import type { Invariant } from '../invariant';

export interface SubscriberImport {
  _id: string;
  kind: string;
  state: string;
  file: StorageRef;
  offsetBytes: number;
  linesRead: number;
  counts: SubscriberImportCounts;
}

export const subscriberImports: Invariant = {
  name: 'subscriber imports',
  statement: 'every line of a file of subscribers has one outcome, and every rejected one says why',
  async check({ rows, objects }, findings) {
    const rejected = new Map<string, number>();
    const groups = rows.aggregate<{ _id: string; lines: number }>('customers', 'subscriberImportErrors', [
      { $group: { _id: { importId: '$importId', lineNumber: '$lineNumber' } } },
      { $group: { _id: '$_id.importId', lines: { $sum: 1 } } },
    ]);
    for await (const { _id, lines } of groups) rejected.set(_id, lines);
    for await (const row of rows.find<SubscriberImport>('customers', 'subscriberImports')) {
      findings.look(row.counts.lines);
      findings.count('imports');
      for (const fault of subscriberImportFaults(row, rejected.get(row._id) ?? 0))
        findings.breach(row._id, fault);
      rejected.delete(row._id);
      if (row.state !== 'completed') continue;
      const lines = await objects.linesBehindHeader(row.file);
      if (lines === null) findings.count('files purged');
      else if (lines !== row.counts.lines)
        findings.breach(row._id, `its file has ${lines} lines, ${row.counts.lines} were worked off`);
    }
    for (const importId of rejected.keys())
      findings.breach(importId, 'there are errors of an import that is not there');
  },
};

export function subscriberImportFaults(
  { kind, state, file, offsetBytes, linesRead, counts }: Omit<SubscriberImport, '_id'>,
  rejectedLines: number,
): string[] {
  const { lines, ...ends } = counts;
  const ended = Object.values(ends).reduce((sum, count) => sum + count, 0);
  const faults: string[] = [];
  if (ended !== lines) faults.push(`worked off ${lines} lines, ${ended} of them have an outcome`);
  if (counts.rejected !== rejectedLines)
    faults.push(`counts ${counts.rejected} rejected lines, ${rejectedLines} have a reason`);
  if (kind === 'newSubscribers' ? counts.changed !== 0 : counts.created !== 0)
    faults.push(`counts what a file of ${kind} cannot do`);
  if (lines > Math.max(0, linesRead - 1)) faults.push(`worked off ${lines} lines of ${linesRead} read`);
  if (state === 'completed' && offsetBytes !== file.count)
    faults.push(`is completed at byte ${offsetBytes} of ${file.count}`);
  return faults;
}
