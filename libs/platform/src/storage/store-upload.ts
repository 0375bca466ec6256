import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StorageRef, TenantId } from '@tollkeeper/contracts';
import { Problem } from '../http/problem';
import { type RewriteLine, rewrittenLines } from './rewritten-lines';
import type { Storage } from './storage';

interface UploadPlace {
  tenantId: TenantId;
  /** Folder within the tenant's, by the kind of file. */
  folder: string;
  mostBytes: number;
  /** What a sender whose file is too large may do. */
  hint: string;
  /** What is kept of each line. Left out: the file as it came. */
  rewrite?: RewriteLine;
}

/**
 * Streams an uploaded CSV file to storage, named by the content that came. Nothing of it is held in memory; `check` looks at
 * the file before it is kept, and what it refuses leaves nothing behind.
 */
export async function storeUpload<Header>(
  storage: Storage,
  { tenantId, folder, mostBytes, hint, rewrite }: UploadPlace,
  body: Readable,
  check: (path: string) => Promise<Header>,
): Promise<{ file: StorageRef; header: Header }> {
  const partial = storage.path(`${tenantId}/${folder}/${randomUUID()}.partial`);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > mostBytes ? tooLarge(mostBytes, hint) : null, chunk);
    },
  });
  await mkdir(dirname(partial), { recursive: true });
  try {
    const kept = createWriteStream(partial);
    await (rewrite ? pipeline(body, counted, rewrittenLines(rewrite), kept) : pipeline(body, counted, kept));
    const header = await check(partial);
    const sha256 = hash.digest('hex');
    const key = `${tenantId}/${folder}/${sha256}.csv`;
    await rename(partial, storage.path(key));
    return { file: { key, sha256, count: kept.bytesWritten, schemaVersion: 1 }, header };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

const tooLarge = (mostBytes: number, hint: string): Problem =>
  new Problem({
    code: 'fileTooLarge',
    status: 413,
    title: 'The file is too large',
    detail: `Such a file has at most ${mostBytes / 1024 / 1024} MB.`,
    hint,
  });
