import { expect, it } from '@jest/globals';
import { type SubscriberImport, subscriberImportFaults } from './subscriber-imports';

const row: Omit<SubscriberImport, '_id'> = {
  kind: 'newSubscribers',
  state: 'completed',
  file: { key: 'f', sha256: '', count: 400, schemaVersion: 1 },
  offsetBytes: 400,
  linesRead: 11,
  counts: { lines: 10, created: 6, changed: 0, unchanged: 3, rejected: 1 },
};

it.each<[string, Partial<typeof row>, number, RegExp | null]>([
  ['all in order', {}, 1, null],
  ['one under way', { state: 'importing', offsetBytes: 100 }, 1, null],
  [
    'a line without an outcome',
    { linesRead: 12, counts: { ...row.counts, lines: 11 } },
    1,
    /11 lines, 10 of them/,
  ],
  ['a rejected line without a reason', {}, 0, /1 rejected lines, 0 have a reason/],
  ['changes that create', { kind: 'changes' }, 1, /cannot do/],
  ['more than was read', { linesRead: 10 }, 1, /10 lines of 10/],
  ['not worked off to the end', { offsetBytes: 399 }, 1, /byte 399 of 400/],
])('%s', (_, change, rejectedLines, fault) => {
  const faults = subscriberImportFaults({ ...row, ...change }, rejectedLines).join();
  if (fault) expect(faults).toMatch(fault);
  else expect(faults).toBe('');
});
