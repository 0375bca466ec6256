import { basename, dirname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { RateEntry } from '@tollkeeper/contracts';
import { deckCsvColumns, readDeckCsv, readDocument, readText } from '@tollkeeper/tariff';
import type { CatalogApi } from './catalog-api';
import { BadInput } from './exit-codes';
import { openFile } from './open-file';

const mostBytes = 16 * 1024 * 1024;
/** More rows than this go to the catalog as CSV. */
const mostRows = 5000;

interface Document {
  decks?: { deckId: string; currency: string; validFrom: string; entriesFile?: string }[];
}

/** What is sent for a catalog file: the file as it is, or with the rows of the CSV files that it names. */
export async function documentToSend(path: string, api: CatalogApi): Promise<string> {
  const parts: string[] = [];
  for await (const part of readText(await openFile(path), new TextDecoder(), mostBytes)) parts.push(part);
  const text = parts.join('');
  const read = readDocument(basename(path), text);
  if ('faults' in read)
    throw new BadInput(
      read.faults.map(({ line, place, reason }) =>
        [`${path}:${line ?? 1}`, place, reason].filter(Boolean).join(': '),
      ),
    );
  const document = read.value as Document | null;
  const decks = Array.isArray(document?.decks) ? document.decks : [];
  if (!decks.some((deck) => deck?.entriesFile !== undefined)) return text;
  const whole = [];
  for (const deck of decks) whole.push(await withRows(deck, path, api));
  return JSON.stringify({ ...document, decks: whole });
}

async function withRows(deck: NonNullable<Document['decks']>[number], path: string, api: CatalogApi) {
  const { entriesFile, ...head } = deck;
  if (entriesFile === undefined) return deck;
  const file = join(dirname(path), entriesFile);
  const { entries, errors } = await readDeckCsv(await openFile(file), new TextDecoder());
  if (errors.length > 0)
    throw new BadInput(
      errors.map(({ line, column, reason }) =>
        [`${file}:${line}`, column, reason].filter(Boolean).join(': '),
      ),
    );
  if (entries.length <= mostRows) return { ...head, entries };
  return { ...head, entriesOfDraft: await upload(head, entries, api) };
}

async function upload(
  { deckId, currency, validFrom }: { deckId: string; currency: string; validFrom: string },
  entries: readonly RateEntry[],
  api: CatalogApi,
): Promise<number> {
  const query = new URLSearchParams({ deckId, currency, validFrom }).toString();
  const csv = stringify([...entries], { header: true, columns: deckCsvColumns });
  const draft = JSON.parse(await api.post(`/rate-decks?${query}`, 'text/csv', csv)) as { version: number };
  return draft.version;
}
