import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { BadInput } from './exit-codes';

/** Why a file can't be read, as people say it; null when it can. */
export async function faultOfFile(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'is a folder, a file is needed';
    await access(path, constants.R_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
    if (code === 'EACCES' || code === 'EPERM') return 'may not be read: its permissions forbid it';
    return (error as Error).message;
  }
}

/** The bytes of a file that is known to be there. */
export async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const fault = await faultOfFile(path);
  if (fault) throw new BadInput([`${path}: ${fault}`]);
  return createReadStream(path) as AsyncIterable<Uint8Array>;
}
