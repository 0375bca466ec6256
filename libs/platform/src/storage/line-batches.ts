import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

export const mostLineBytes = 16 * 1024;
const chunkBytes = 1024 * 1024;
export const newline = 0x0a;

/** The first line of a file and its bytes, the line's end included: what follows begins behind it. */
export async function readFirstLine(path: string): Promise<{ text: string; bytes: number }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostLineBytes), 0, mostLineBytes, 0);
    const end = buffer.subarray(0, bytesRead).indexOf(newline);
    const bytes = end === -1 ? bytesRead : end + 1;
    const text = buffer
      .toString('utf8', 0, bytes)
      .replace(/^\uFEFF/, '')
      .trimEnd();
    return { text, bytes };
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

export interface FileLine {
  lineNumber: number;
  text: string;
}

export interface LineBatch {
  lines: FileLine[];
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
  let lines: FileLine[] = [];
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
