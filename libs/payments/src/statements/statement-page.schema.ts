import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { BankEntryRow } from './bank-entry.schema';

/** Pages of files that were refused or given up in the middle are dropped; those of a process that died go after this. */
const forgottenAfterSeconds = 30 * 86_400;

/** Some entries of a file, masked, until all of it has been read and its import has unpacked them. */
export interface StatementPageRow {
  /** `<importId>/<no>`, from 0. */
  _id: string;
  importId: string;
  entries: BankEntryRow[];
  /** Real time. */
  storedAt: Date;
}

const text = { type: String, required: true };

export const StatementPages = defineCollection<StatementPageRow>(
  'statementPages',
  rowSchema({ _id: text, importId: text, entries: [Object], storedAt: { type: Date, required: true } }),
  [{ keys: { importId: 1 } }, { keys: { storedAt: 1 }, expireAfterSeconds: forgottenAfterSeconds }],
);
