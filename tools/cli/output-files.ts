import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { cannotWrite } from './csv-file';
import { BadInput } from './exit-codes';

/** A file that is read or written, and the option that names it. */
export interface NamedFile {
  option: string;
  path: string;
}

/** One name for one file, however it is written: links are followed, as far as there is something. */
async function nameOf(path: string): Promise<string> {
  const real = (each: string) => realpath(each).catch(() => null);
  return (await real(path)) ?? join((await real(dirname(path))) ?? resolve(dirname(path)), basename(path));
}

/** Before anything is read: every result has a place of its own, so that none overwrites an input or another result. */
export async function checkOutputs(
  inputs: readonly NamedFile[],
  outputs: readonly NamedFile[],
): Promise<void> {
  const optionOf = new Map<string, string>();
  for (const { option, path } of inputs) optionOf.set(await nameOf(path), option);
  for (const { option, path } of outputs) {
    const name = await nameOf(path);
    const other = optionOf.get(name);
    if (other !== undefined)
      throw new BadInput([
        `${path}: ${option} would overwrite the file of ${other}: give each a name of its own`,
      ]);
    optionOf.set(name, option);
    await stat(dirname(path)).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
    if ((await stat(path).catch(() => null))?.isDirectory())
      throw new BadInput([`${path}: is a folder: ${option} names a file`]);
  }
}
