import type { OfferingVersion, RateDeckVersion, RateEntry } from '@tollkeeper/contracts';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import type { CatalogDocument } from './catalog-file-fields';
import { checkCatalogFile, numbered, plansOf, type WholeDeck } from './check-catalog-file';
import { checkSubscribers } from './check-subscribers';
import type { Finding } from './finding';
import { type FileFault, type ReadDocument, readDocument } from './read-document';
import { type DocumentParts, readParts } from './read-parts';
import type { LineError, ReadDeck } from './read-deck-csv';
import { SubscriberDefaults } from './resolve-subscribers';

/** A catalog as the core takes it. */
export interface LoadedCatalog {
  offerings: OfferingVersion[];
  decks: { version: RateDeckVersion; entries: RateEntry[] }[];
  /** `null`: the file names no subscribers, each number is one of its own. */
  accounts: SubscriberAccount[] | null;
  defaults: SubscriberDefaults;
}

export interface CatalogFault extends FileFault {
  file: string;
}

/** Rows of the CSV file of that name beside the document; a file that can't be read is an error without a line. */
export type OpenDeckFile = (name: string) => Promise<OpenedDeck>;

interface OpenedDeck extends Omit<ReadDeck, 'errors'> {
  errors: (Omit<LineError, 'line'> & { line: number | null })[];
}

const mostFaults = 100;

/** Reads a catalog file whole, or says all that is wrong with it: where, why and what to write instead. */
export async function loadCatalog(
  file: string,
  text: string,
  openDeckFile: OpenDeckFile,
): Promise<{ catalog: LoadedCatalog } | { faults: CatalogFault[] }> {
  const document = readDocument(file, text);
  if ('faults' in document) return { faults: document.faults.map((fault) => ({ file, ...fault })) };
  const parts = readParts(document.value);
  const { decks, faults, rows } = await wholeDecks(parts, openDeckFile);
  if (parts.findings.length === 0 && faults.length === 0) {
    const { subscribers } = parts;
    const read = { subscribers, offerings: parts.offerings.map(({ item }) => item) };
    return check(
      file,
      read,
      decks.map(({ item }) => item),
      { ...document, rows },
    );
  }
  const found = [...parts.findings, ...checkParts(parts, decks)];
  return { faults: [...located(file, found, { ...document, rows }), ...faults].slice(0, mostFaults) };
}

/** What can be said of the readable rest; of a plan nothing, unless every version of its deck is there. */
function checkParts(
  { offerings }: DocumentParts,
  decks: readonly { item: WholeDeck; at: number }[],
): Finding[] {
  const known = offerings.filter(({ item }) => decks.some((deck) => deck.item.deckId === item.deckId));
  const places = { decks: decks.map(({ at }) => at), offerings: known.map(({ at }) => at) };
  return checkCatalogFile(
    decks.map(({ item }) => item),
    { offerings: known.map(({ item }) => item) },
    { isWhole: false },
  ).map(({ field, reason }) => ({
    field: field.replace(
      /^(decks|offerings)\.(\d+)/,
      (_, part: 'decks' | 'offerings', at: string) => `${part}.${places[part][Number(at)]}`,
    ),
    reason,
  }));
}

function check(
  file: string,
  data: Pick<CatalogDocument, 'offerings' | 'subscribers'>,
  decks: readonly WholeDeck[],
  document: Places,
): { catalog: LoadedCatalog } | { faults: CatalogFault[] } {
  const findings = checkCatalogFile(decks, data);
  const offerings = numbered(data.offerings, ({ offeringId }) => offeringId);
  const defaults = new SubscriberDefaults(offerings);
  const accounts = data.subscribers?.map((draft) => defaults.accountOf(draft)) ?? null;
  if (data.subscribers && accounts) {
    const found = checkSubscribers(data.subscribers, accounts, plansOf(offerings));
    findings.push(...found.map(({ field, reason }) => ({ field: `subscribers.${field}`, reason })));
  }
  if (findings.length > 0) return { faults: located(file, findings, document) };
  const versions = numbered(decks, ({ deckId }) => deckId).map(({ entries, ...version }) => ({
    version,
    entries,
  }));
  return { catalog: { offerings, decks: versions, accounts, defaults } };
}

/** Decks with their rows; those whose file cannot be read are left out. */
async function wholeDecks(
  { decks }: DocumentParts,
  openDeckFile: OpenDeckFile,
): Promise<{ decks: { item: WholeDeck; at: number }[]; faults: CatalogFault[]; rows: DeckRows[] }> {
  const whole: { item: WholeDeck; at: number }[] = [];
  const rows: DeckRows[] = [];
  const faults: CatalogFault[] = [];
  for (const { item, at } of decks) {
    const { entries: inline, entriesFile, ...head } = item;
    const read = entriesFile === undefined ? null : await openDeckFile(entriesFile);
    for (const { line, column, reason } of read?.errors ?? [])
      faults.push({ file: entriesFile ?? '', line, place: column ?? '', reason });
    rows[at] = read && entriesFile !== undefined ? { file: entriesFile, lines: read.lines } : null;
    if (read?.errors.length) continue;
    whole.push({ item: { ...head, entries: read?.entries ?? inline ?? [] }, at });
  }
  return { decks: whole, faults, rows };
}

/** Where the rows of each deck stand, of those that have a file of their own. */
type DeckRows = { file: string; lines: number[] } | null;
type Places = Pick<ReadDocument, 'lineOf'> & { rows?: DeckRows[] };

/** In the order of the file; rows that have a file of their own are told by its lines. */
const located = (file: string, findings: readonly Finding[], { lineOf, rows = [] }: Places): CatalogFault[] =>
  findings
    .slice(0, mostFaults)
    .map(({ field, reason }) => {
      const [, deck = '', row = '', column = ''] = /^decks\.(\d+)\.entries\.(\d+)\.?(.*)$/.exec(field) ?? [];
      const own = rows[Number(deck || -1)];
      if (own) return { file: own.file, line: own.lines[Number(row)] ?? 1, place: column, reason };
      return { file, line: lineOf(field === '' ? [] : field.split('.').map(step)), place: field, reason };
    })
    .sort((left, right) => left.line - right.line);

const step = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);

/** `catalog.yaml:12: offerings.0.allowances.1.zones.0: no rate of deck retail has the zone moon`. */
export const faultLine = ({ file, line, place, reason }: CatalogFault): string =>
  [`${file}${line === null ? '' : `:${line}`}`, ...(place === '' ? [] : [place]), reason].join(': ');
