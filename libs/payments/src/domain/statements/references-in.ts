import { referenceKey, referredTo } from '@tollkeeper/contracts';
import type { BankEntry } from './bank-entry';

const shortest = 4;
const longest = 25;
/** A creditor reference is printed in up to seven groups. */
const mostWords = 7;
const mostWordsRead = 150;

export interface NamedReferences {
  /** A person or bank named it as a reference, or its check digits hold: no chance find. */
  certain: Set<string>;
  /** Digits only, somewhere in the text: may be a date or a telephone number as well. */
  possible: Set<string>;
}

/**
 * Whatever in an entry may be the number of an invoice or of an account, as `referenceKey`s. Payers break numbers by
 * blanks and dashes, so neighbouring words are also read as one.
 */
export function referencesIn({
  references,
  endToEndId,
  text,
}: Pick<BankEntry, 'references' | 'endToEndId' | 'text'>): NamedReferences {
  const found: NamedReferences = { certain: new Set(), possible: new Set() };
  for (const reference of references) {
    const key = referenceKey(reference);
    note(found.certain, key);
    note(found.certain, referredTo(key) ?? '');
  }
  for (const words of [wordsOf(endToEndId), wordsOf(text)])
    for (let first = 0; first < words.length; first++)
      for (let count = 1; count <= mostWords && first + count <= words.length; count++) {
        const key = words.slice(first, first + count).join('');
        if (key.length > longest) break;
        note(found.certain, referredTo(key) ?? '');
        note(/[A-Z]/.test(key) && /\d/.test(key) ? found.certain : found.possible, key);
      }
  return found;
}

const wordsOf = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[^0-9A-Z]+/)
    .filter((word) => word !== '')
    .slice(0, mostWordsRead);

function note(keys: Set<string>, key: string): void {
  if (key.length >= shortest && key.length <= longest && /\d/.test(key)) keys.add(key);
}
