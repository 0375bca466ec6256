import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import type { StorageRef } from '@tollkeeper/contracts';
import { badInput, Problem, type Storage } from '@tollkeeper/platform';
import { type ColumnOrder, readHeader } from './domain/read-usage-line';

export const mostFileBytes = 512 * 1024 * 1024;
const mostLineBytes = 16 * 1024;
const chunkBytes = 1024 * 1024;
const newline = 0x0a;

/** Streams an upload to storage, named by its content; nothing of it is held in memory, a wrong header leaves nothing. */
export async function storeUsageFile(
  storage: Storage,
  tenantId: string,
  body: Readable,
): Promise<{ file: StorageRef; header: UsageHeader }> {
  const partial = storage.path(`${tenantId}/usage/${randomUUID()}.partial`);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > mostFileBytes ? tooLarge() : null, chunk);
    },
  });
  await mkdir(dirname(partial), { recursive: true });
  try {
    await pipeline(body, counted, createWriteStream(partial));
    const header = await readUsageHeader(partial);
    const sha256 = hash.digest('hex');
    const key = `${tenantId}/usage/${sha256}.csv`;
    await rename(partial, storage.path(key));
    return { file: { key, sha256, count: bytes, schemaVersion: 1 }, header };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

const tooLarge = (): Problem =>
  new Problem({
    code: 'fileTooLarge',
    status: 413,
    title: 'The file is too large',
    detail: `A usage file has at most ${mostFileBytes / 1024 / 1024} MB.`,
    hint: 'Split it: record ids keep duplicates out.',
  });

export interface UsageHeader {
  order: ColumnOrder;
  /** Bytes of the header line: the first record begins behind it. */
  bytes: number;
}

export async function readUsageHeader(path: string): Promise<UsageHeader> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostLineBytes), 0, mostLineBytes, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(newline);
    const bytes = end === -1 ? bytesRead : end + 1;
    const line = buffer
      .toString('utf8', 0, bytes)
      .replace(/^\uFEFF/, '')
      .trimEnd();
    const order = readHeader(splitLine(line) ?? []);
    if ('problem' in order)
      throw badInput('header', `The first line does not name the columns of usage: ${order.problem}.`);
    return { order, bytes };
  } finally {
    await file.close();
  }
}

/** `null` when the quotes do not fit. A record is one line: a quote that never closes spoils its own line only. */
export function splitLine(line: string): string[] | null {
  if (!line.includes('"')) return line.split(',');
  try {
    const rows: string[][] = parse(line, { relax_column_count: true });
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch {
    return null;
  }
}

export interface UsageLine {
  lineNumber: number;
  text: string;
}

export interface LineBatch {
  lines: UsageLine[];
  /** Where the next batch begins. */
  offsetBytes: number;
  linesRead: number;
}

/** Lines behind an offset in batches. Blank lines are numbered and left out; of an absurdly long one only the head is kept. */
export async function* readLineBatches(
  path: string,
  from: { offsetBytes: number; linesRead: number },
  linesPerBatch: number,
): AsyncGenerator<LineBatch> {
  let { offsetBytes, linesRead } = from;
  let lines: UsageLine[] = [];
  const take = (line: Buffer, bytes: number) => {
    offsetBytes += bytes;
    linesRead += 1;
    const text = line.toString('utf8', 0, Math.min(line.length, mostLineBytes)).trimEnd();
    if (text !== '')
      lines.push({
        lineNumber: linesRead,
        text: line.length > mostLineBytes ? `${text.slice(0, 200)}…` : text,
      });
  };
  let rest = Buffer.alloc(0);
  let droppedBytes = 0;
  for await (const chunk of createReadStream(path, {
    start: offsetBytes,
    highWaterMark: chunkBytes,
  }) as AsyncIterable<Buffer>) {
    let buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline)) {
      take(buffer.subarray(0, end), droppedBytes + end + 1);
      droppedBytes = 0;
      buffer = buffer.subarray(end + 1);
      if (lines.length === linesPerBatch) {
        yield { lines, offsetBytes, linesRead };
        lines = [];
      }
    }
    rest = Buffer.from(buffer.subarray(0, mostLineBytes + 1));
    droppedBytes += buffer.length - rest.length;
  }
  if (rest.length > 0) take(rest, rest.length + droppedBytes);
  yield { lines, offsetBytes, linesRead };
}
