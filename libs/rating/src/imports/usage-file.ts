import type { Readable } from 'node:stream';
import type { StorageRef } from '@tollkeeper/contracts';
import { badInput, readFirstLine, splitLine, type Storage, storeUpload } from '@tollkeeper/platform';
import { type ColumnOrder, readHeader } from '@tollkeeper/tariff';

const mostFileBytes = 512 * 1024 * 1024;

export const storeUsageFile = (
  storage: Storage,
  tenantId: string,
  body: Readable,
): Promise<{ file: StorageRef; header: UsageHeader }> =>
  storeUpload(
    storage,
    {
      tenantId,
      folder: 'usage',
      mostBytes: mostFileBytes,
      hint: 'Split it: record ids keep duplicates out.',
    },
    body,
    readUsageHeader,
  );

interface UsageHeader {
  order: ColumnOrder;
  /** Bytes of the header line: the first record begins behind it. */
  bytes: number;
}

export async function readUsageHeader(path: string): Promise<UsageHeader> {
  const { text, bytes } = await readFirstLine(path);
  const order = readHeader(splitLine(text) ?? []);
  if ('problem' in order)
    throw badInput('header', `The first line does not name the columns of usage: ${order.problem}.`);
  return { order, bytes };
}
