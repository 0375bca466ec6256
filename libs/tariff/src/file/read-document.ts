import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { type Path, pathKey, placesInJson } from './json-places';
import { faultOfCharacters } from './read-text';

/** One thing that is wrong with a file; `line` is null where no line can be named. */
export interface FileFault {
  line: number | null;
  /** `offerings.0.name`; '' for the whole file. */
  place: string;
  reason: string;
}

export interface ReadDocument {
  value: unknown;
  /** The line of the value at the path, or of what it should stand in. */
  lineOf(path: Path): number;
}

const mostAliases = 100;

/** A JSON or YAML text; told apart by the file's name, or by a brace at its beginning. */
export function readDocument(fileName: string, text: string): ReadDocument | { faults: FileFault[] } {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const damaged = clean.split('\n').findIndex((line) => faultOfCharacters(line.replace(/\r$/, '')) !== null);
  if (damaged !== -1)
    return fault(damaged + 1, faultOfCharacters((clean.split('\n')[damaged] ?? '').replace(/\r$/, '')) ?? '');
  if (clean.trim() === '') return fault(1, 'the file is empty');
  const isYaml = /\.ya?ml$/i.test(fileName);
  const isJson = /\.json$/i.test(fileName) || (!isYaml && /^\s*[{[]/.test(clean));
  return isJson ? readJson(clean) : readYaml(clean);
}

const fault = (line: number | null, reason: string, place = '') => ({ faults: [{ line, place, reason }] });

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function readJson(text: string): ReadDocument | { faults: FileFault[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return brokenJson(text, String((error as Error).message));
  }
  const { offsets, repeats } = placesInJson(text);
  if (repeats.length > 0)
    return {
      faults: repeats.map(({ path, offset }) => ({
        line: lineAt(text, offset),
        place: path.join('.'),
        reason: 'is there twice: leave one of the two',
      })),
    };
  return {
    value,
    lineOf: (path) =>
      lineAt(
        text,
        nearest(path, (each) => offsets.get(pathKey(each))),
      ),
  };
}

function brokenJson(text: string, message: string): { faults: FileFault[] } {
  const [, offset] = /at position (\d+)/.exec(message) ?? [];
  const what = plainly(message);
  return fault(
    lineAt(text, offset === undefined ? firstFault(text, what) : Number(offset)),
    `is not JSON: ${what}`,
  );
}

const plainly = (message: string): string =>
  message.replace(/ in JSON at position.*$/s, '').replace(/, ("|\.\.\.).*is not valid JSON$/s, '');

/** The engine tells the place of some faults only: then it is where the text, cut off behind it, has that fault already. */
function firstFault(text: string, what: string): number {
  let [fine, faulty] = [0, text.length];
  while (faulty - fine > 1) {
    const middle = Math.floor((fine + faulty) / 2);
    if (reasonOf(text.slice(0, middle)) === what) faulty = middle;
    else fine = middle;
  }
  return fine;
}

function reasonOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return plainly(String((error as Error).message));
  }
}

/** What is missing has no place: then that of what it is missing in. */
function nearest(path: Path, offsetOf: (path: Path) => number | undefined): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function readYaml(text: string): ReadDocument | { faults: FileFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
    line: lines.linePos(offset).line,
    place: '',
    reason: yamlReasons[code] ?? `is not YAML: ${message}`,
  }));
  if (faults.length > 0) return { faults };
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return {
      value,
      lineOf: (path) => lines.linePos(nearest(path, (each) => offsetIn(document, each))).line,
    };
  } catch (error) {
    return fault(null, `is not YAML: ${(error as Error).message}`);
  }
}

const yamlReasons: Record<string, string> = {
  DUPLICATE_KEY: 'has a name that is there twice: leave one of the two',
  MULTIPLE_DOCS: 'begins a second document (---): a catalog is one document',
  TAB_AS_INDENT: 'is indented by a tab: YAML is indented by spaces',
  TAG_RESOLVE_FAILED: 'has a tag (!) that YAML does not know: write plain values',
};

/** Offset of the name that leads to the value, or of the list's item. */
function offsetIn(document: Document.Parsed, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isPair(each) && isScalar(each.key) && each.key.value === step);
      if (!pair) return undefined;
      offset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as { range?: [number, number, number] } | undefined)?.range?.[0];
    } else return undefined;
  }
  return offset;
}
