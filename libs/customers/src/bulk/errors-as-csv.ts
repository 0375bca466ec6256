import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SubscriberImportErrorRow } from './subscriber-import.schema';

/** A spreadsheet takes a text that begins so for a formula. */
const formula = /^[=+\-@\t]/;

const quoted = (text: string): string => {
  const plain = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

async function* linesOf(errors: AsyncIterable<SubscriberImportErrorRow>): AsyncGenerator<string> {
  yield 'line,field,reason\n';
  for await (const { lineNumber, field, reason } of errors)
    yield `${[String(lineNumber), field, reason].map(quoted).join(',')}\n`;
}

export const errorsAsCsv = (errors: AsyncIterable<SubscriberImportErrorRow>, to: Writable): Promise<void> =>
  pipeline(Readable.from(linesOf(errors)), to);
