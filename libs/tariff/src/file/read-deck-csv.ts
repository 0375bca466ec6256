import type { RateEntry } from '@tollkeeper/contracts';
import { CsvReader } from './csv-reader';
import { DeckSheet } from './deck-sheet';
import { readText, type TextDecoding, UnreadableText } from './read-text';

export interface LineError {
  line: number;
  column: string | null;
  reason: string;
}

export interface ReadDeck {
  entries: RateEntry[];
  errors: LineError[];
  /** Where each entry stands. */
  lines: number[];
}

export interface DeckCsvLimits {
  bytes: number;
  rows: number;
  lineLength: number;
  errors: number;
}

export const deckCsvLimits: DeckCsvLimits = {
  bytes: 64 * 1024 * 1024,
  rows: 200_000,
  lineLength: 8 * 1024,
  errors: 100,
};

/** Reads a whole deck or says what is wrong, line by line; stops after `limits.errors` of them. */
export async function readDeckCsv(
  source: AsyncIterable<Uint8Array>,
  decoder: TextDecoding,
  limits: DeckCsvLimits = deckCsvLimits,
): Promise<ReadDeck> {
  const reader = new CsvReader(limits.lineLength);
  const sheet = new DeckSheet(limits);
  try {
    for await (const text of readText(source, decoder, limits.bytes)) {
      for (const record of reader.push(text)) if (!sheet.take(record)) return sheet.result();
    }
    for (const record of reader.end()) if (!sheet.take(record)) return sheet.result();
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    sheet.fault(reader.nextLine, null, error.message);
  }
  return sheet.result();
}
