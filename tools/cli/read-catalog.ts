import { basename, dirname, join } from 'node:path';
import {
  faultLine,
  loadCatalog,
  type LoadedCatalog,
  type OpenDeckFile,
  readDeckCsv,
  readText,
  UnreadableText,
} from '@tollkeeper/tariff';
import { BadInput } from './exit-codes';
import { faultOfFile, openFile } from './open-file';

const mostBytes = 64 * 1024 * 1024;

async function textOf(path: string): Promise<string> {
  const parts: string[] = [];
  try {
    for await (const part of readText(await openFile(path), new TextDecoder(), mostBytes)) parts.push(part);
  } catch (error) {
    if (error instanceof UnreadableText) throw new BadInput([`${path}:1: ${error.message}`]);
    throw error;
  }
  return parts.join('');
}

/** Deck files lie beside the catalog, or below it. */
const deckFilesBeside =
  (path: string): OpenDeckFile =>
  async (name) => {
    const file = join(dirname(path), name);
    const fault = await faultOfFile(file);
    if (fault) return { entries: [], lines: [], errors: [{ line: null, column: null, reason: fault }] };
    return readDeckCsv(await openFile(file), new TextDecoder());
  };

/** A catalog without a fault, or every fault with its line. */
export async function readCatalog(path: string): Promise<LoadedCatalog> {
  const read = await loadCatalog(basename(path), await textOf(path), deckFilesBeside(path));
  if ('catalog' in read) return read.catalog;
  const folder = dirname(path);
  throw new BadInput(read.faults.map((fault) => faultLine({ ...fault, file: join(folder, fault.file) })));
}
