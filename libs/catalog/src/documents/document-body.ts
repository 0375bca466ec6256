import type { IncomingMessage } from 'node:http';
import { Problem, refuseFindings } from '@tollkeeper/platform';
import { inPlainWords, readDocument, readText, UnreadableText } from '@tollkeeper/tariff';
import { catalogDocumentFields } from '../catalog-requests';
import type { CatalogDocument } from './document-check.service';

const mostBytes = 16 * 1024 * 1024;

/** A catalog as YAML text (JSON is YAML too): each fault with its line and place. */
export async function readDocumentBody(request: IncomingMessage): Promise<CatalogDocument> {
  const text = await textOf(request);
  const document = readDocument('catalog', text);
  if ('faults' in document) throw refused(document.faults);
  const parsed = catalogDocumentFields.safeParse(document.value, { error: inPlainWords });
  if (parsed.success) return documentOf(parsed.data);
  throw refused(
    parsed.error.issues.slice(0, 100).map(({ path, message }) => ({
      line: document.lineOf(path.map((step) => (typeof step === 'symbol' ? String(step) : step))),
      place: path.map(String).join('.'),
      reason: message,
    })),
  );
}

export const documentOf = (body: {
  deck?: object | undefined;
  decks?: object[] | undefined;
  offerings: object[];
}): CatalogDocument =>
  ({
    decks: body.decks ?? (body.deck ? [body.deck] : []),
    offerings: body.offerings,
  }) as CatalogDocument;

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  try {
    for await (const part of readText(request, new TextDecoder(), mostBytes)) parts.push(part);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    throw refused([{ line: 1, place: '', reason: error.message }]);
  }
  return parts.join('');
}

function refused(faults: { line: number | null; place: string; reason: string }[]): Problem {
  const errors = faults.map(({ line, place, reason }) => ({
    field: [line === null ? '' : `line ${line}`, place].filter(Boolean).join(', ') || 'body',
    reason,
  }));
  try {
    refuseFindings(errors, 'Nothing was stored. Mend the document and send all of it again.');
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('a document was refused without a fault');
}
