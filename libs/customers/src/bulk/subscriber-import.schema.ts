import type { Instant } from '@tollkeeper/calendar';
import type { StorageRef, SubscriberImportCounts } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export const subscriberFileKinds = ['newSubscribers', 'changes'] as const;
export type SubscriberFileKind = (typeof subscriberFileKinds)[number];

export const subscriberImportStates = ['received', 'importing', 'completed', 'failed'] as const;
type SubscriberImportState = (typeof subscriberImportStates)[number];

/** One file of subscribers and how far it was worked off. */
export interface SubscriberImportRow {
  _id: string;
  kind: SubscriberFileKind;
  fileName: string;
  file: StorageRef;
  /** Kind and hash of the file while it stands: the same file again is this import. Unset when it failed. */
  contentKey: string | null;
  state: SubscriberImportState;
  reason: string | null;
  receivedAt: Instant;
  /** Who answers for what the file changes: `staff:usr_...` and the name as it was. */
  receivedBy: string;
  receivedByName: string;
  /** Bytes and lines behind us; moves in the transaction of what the lines before it did. */
  offsetBytes: number;
  linesRead: number;
  counts: SubscriberImportCounts;
}

/** One thing that is wrong with a line; a line may have several. */
export interface SubscriberImportErrorRow {
  _id: string;
  importId: string;
  lineNumber: number;
  /** Of the line's findings, from 0. */
  findingNo: number;
  field: string;
  reason: string;
}

const text = { type: String, required: true };
const int = { type: Number, required: true };
const long = { type: BigInt, required: true };

export const SubscriberImports = defineCollection<SubscriberImportRow>(
  'subscriberImports',
  rowSchema({
    _id: text,
    kind: text,
    fileName: text,
    file: { type: Object, required: true },
    contentKey: String,
    state: text,
    reason: String,
    receivedAt: text,
    receivedBy: text,
    receivedByName: text,
    offsetBytes: long,
    linesRead: long,
    counts: rowSchema({ lines: long, created: long, changed: long, unchanged: long, rejected: long }),
  }),
  [
    { keys: { contentKey: 1 }, unique: true, partial: { contentKey: { $type: 'string' } } },
    { keys: { receivedAt: -1, _id: -1 } },
  ],
);

export const SubscriberImportErrors = defineCollection<SubscriberImportErrorRow>(
  'subscriberImportErrors',
  rowSchema({ _id: text, importId: text, lineNumber: int, findingNo: int, field: text, reason: text }),
  [{ keys: { importId: 1, lineNumber: 1, findingNo: 1 } }],
);
