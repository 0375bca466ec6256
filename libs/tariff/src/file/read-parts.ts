import {
  type CatalogDocument,
  catalogFileFields,
  fileDeckFields,
  type FileDeck,
} from './catalog-file-fields';
import type { Finding } from './finding';
import { offeringFields } from './offering-fields';
import { inPlainWords } from './plain-words';

/** What of a document has the shape that it should have; each item with its place in the file. */
export interface DocumentParts {
  decks: { item: FileDeck; at: number }[];
  offerings: { item: CatalogDocument['offerings'][number]; at: number }[];
  /** Left out also where something else is amiss: who uses what is then not known. */
  subscribers: CatalogDocument['subscribers'];
  /** Of what has not that shape. */
  findings: Finding[];
}

/** Reads what can be read, so that one run tells all that is wrong. */
export function readParts(value: unknown): DocumentParts {
  const parsed = catalogFileFields.safeParse(value, { error: inPlainWords });
  if (parsed.success) {
    const { decks, offerings, subscribers } = parsed.data;
    return { decks: placed(decks), offerings: placed(offerings), subscribers, findings: [] };
  }
  return {
    decks: intact(value, 'decks', fileDeckFields),
    offerings: intact(value, 'offerings', offeringFields),
    subscribers: undefined,
    findings: parsed.error.issues.map(({ path, message }) => ({
      field: path.map(String).join('.'),
      reason: message,
    })),
  };
}

const placed = <Item>(items: readonly Item[]): { item: Item; at: number }[] =>
  items.map((item, at) => ({ item, at }));

interface Shape<Item> {
  safeParse(value: unknown): { success: true; data: Item } | { success: false };
}

function intact<Item>(value: unknown, part: string, shape: Shape<Item>): { item: Item; at: number }[] {
  const items: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
  if (!Array.isArray(items)) return [];
  return items.flatMap((each: unknown, at) => {
    const read = shape.safeParse(each);
    return read.success ? [{ item: read.data, at }] : [];
  });
}
