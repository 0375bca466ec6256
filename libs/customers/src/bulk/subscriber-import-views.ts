import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, pageQuery } from '@tollkeeper/platform';
import {
  subscriberFileKinds,
  type SubscriberImportErrorRow,
  type SubscriberImportRow,
  subscriberImportStates,
} from './subscriber-import.schema';

export const fileNameField = z
  .string()
  .regex(/^[\w][\w. -]{0,199}$/, 'must be a file name: letters, digits, _ . - and blanks');

const count = z.number().int();
const errorId = z.string().regex(/^\d{1,10}\.\d{1,4}$/, 'must be the id of the last error seen');

const importView = z.object({
  importId: z.string(),
  kind: z.enum(subscriberFileKinds),
  fileName: z.string(),
  sha256: z.string(),
  state: z.enum(subscriberImportStates),
  reason: z.string().nullable(),
  receivedAt: z.string(),
  receivedBy: z.string(),
  sizeBytes: count,
  offsetBytes: count.describe('How far the file is worked off'),
  counts: z.object({ lines: count, created: count, changed: count, unchanged: count, rejected: count }),
});
const errorOfLine = z.object({
  id: z.string(),
  line: count.describe('Of the file, the header being line 1'),
  field: z.string().describe('The column, or `line`'),
  reason: z.string(),
});

export class SubscriberUploadQuery extends createZodDto(
  z.strictObject({ kind: z.enum(subscriberFileKinds), fileName: fileNameField.default('subscribers.csv') }),
) {}
export class SubscriberImportParam extends createZodDto(z.strictObject({ importId: idField })) {}
export class SubscriberImportsQuery extends createZodDto(pageQuery) {}
export class SubscriberErrorsQuery extends createZodDto(
  pageQuery.extend({ startingAfter: errorId.optional() }),
) {}
export class UploadedView extends createZodDto(
  z.object({ importId: z.string(), duplicateOf: z.string().optional() }),
) {}
export class SubscriberImportView extends createZodDto(importView) {}
export class SubscriberImportPage extends createZodDto(
  z.object({ data: z.array(importView), hasMore: z.boolean() }),
) {}
export class SubscriberErrorPage extends createZodDto(
  z.object({ data: z.array(errorOfLine), hasMore: z.boolean() }),
) {}

export const subscriberImportView = (row: SubscriberImportRow): z.infer<typeof importView> => ({
  importId: row._id,
  kind: row.kind,
  fileName: row.fileName,
  sha256: row.file.sha256,
  state: row.state,
  reason: row.reason,
  receivedAt: row.receivedAt,
  receivedBy: row.receivedByName,
  sizeBytes: row.file.count,
  offsetBytes: row.offsetBytes,
  counts: row.counts,
});

export const errorView = ({ lineNumber, findingNo, field, reason }: SubscriberImportErrorRow) => ({
  id: `${lineNumber}.${findingNo}`,
  line: lineNumber,
  field,
  reason,
});

export function lastSeen(id: string): { lineNumber: number; findingNo: number } {
  const [lineNumber = 0, findingNo = 0] = id.split('.').map(Number);
  return { lineNumber, findingNo };
}
