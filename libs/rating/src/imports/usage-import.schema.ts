import type { Instant } from '@tollkeeper/calendar';
import type { StorageRef, UsageCounts } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export const importStates = ['received', 'importing', 'completed', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** One usage file and how far it was read. */
export interface UsageImportRow {
  _id: string;
  fileName: string;
  file: StorageRef;
  /** The file's hash while it stands: the same file again is this import. Unset when it failed. */
  contentKey: string | null;
  state: ImportState;
  reason: string | null;
  receivedAt: Instant;
  receivedBy: string;
  /** Bytes and lines behind us; moves in the transaction of the records before it. */
  offsetBytes: number;
  linesRead: number;
  counts: UsageCounts;
}

/** A line that is no usage record of its own. */
export interface UsageRejectRow {
  _id: string;
  importId: string;
  lineNumber: number;
  outcome: 'rejected' | 'duplicate';
  reason: string;
  raw: string;
}

const long = { type: BigInt, required: true };

export const UsageImports = defineCollection<UsageImportRow>(
  'usageImports',
  rowSchema({
    _id: { type: String, required: true },
    fileName: { type: String, required: true },
    file: { type: Object, required: true },
    contentKey: String,
    state: { type: String, required: true },
    reason: String,
    receivedAt: { type: String, required: true },
    receivedBy: { type: String, required: true },
    offsetBytes: long,
    linesRead: long,
    counts: rowSchema({
      received: long,
      rated: long,
      rejected: long,
      inSuspense: long,
      duplicate: long,
      filtered: long,
      aggregatedInto: long,
    }),
  }),
  [
    { keys: { contentKey: 1 }, unique: true, partial: { contentKey: { $type: 'string' } } },
    { keys: { receivedAt: -1, _id: -1 } },
  ],
);

export const UsageRejects = defineCollection<UsageRejectRow>(
  'usageRejects',
  rowSchema({
    _id: { type: String, required: true },
    importId: { type: String, required: true },
    lineNumber: { type: Number, required: true },
    outcome: { type: String, required: true },
    reason: { type: String, required: true },
    raw: { type: String, required: true },
  }),
  [{ keys: { importId: 1, lineNumber: 1 } }],
);
