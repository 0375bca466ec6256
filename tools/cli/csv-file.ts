import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { BadInput } from './exit-codes';

const cellOf = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const linesAtOnce = 1000;

/** Writes beside the wanted file and puts it in place at the end: a file that is there is whole. */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
): Promise<void> {
  const part = `${path}.part`;
  try {
    const stream = createWriteStream(part);
    await once(stream, 'open');
    let lines = [header.join(',')];
    for (const row of rows) {
      lines.push(row.map(cellOf).join(','));
      if (lines.length === linesAtOnce) {
        await write(stream, lines);
        lines = [];
      }
    }
    if (lines.length > 0) await write(stream, lines);
    stream.end();
    await once(stream, 'finish');
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw cannotWrite(path, error);
  }
}

async function write(stream: WriteStream, lines: readonly string[]): Promise<void> {
  if (!stream.write(`${lines.join('\n')}\n`)) await once(stream, 'drain');
}

export function cannotWrite(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new BadInput([`${path}: its folder does not exist`]);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR' || code === 'EROFS')
    return new BadInput([`${path}: cannot be written (${code})`]);
  return error;
}
