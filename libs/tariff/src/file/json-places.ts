/** Steps from the top of a document to a value: names of fields, places in lists. */
export type Path = readonly (string | number)[];

interface JsonPlaces {
  /** Offset of each value's name (or of the value itself, in lists), by its path. */
  offsets: Map<string, number>;
  /** Names that stand twice in one object: the engine would silently take the last. */
  repeats: { path: Path; offset: number }[];
}

export const pathKey = (path: Path): string => path.join('\u0000');

/** Where everything stands in text that is known to be JSON. */
export function placesInJson(text: string): JsonPlaces {
  const offsets = new Map<string, number>();
  const repeats: JsonPlaces['repeats'] = [];
  let at = 0;

  const skipSpace = () => {
    while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at += 1;
  };
  const skipString = () => {
    at += 1;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
  };
  const list = (close: string, item: (index: number) => void) => {
    at += 1;
    skipSpace();
    for (let index = 0; text[at] !== close; index += 1) {
      item(index);
      skipSpace();
      if (text[at] === ',') at += 1;
      skipSpace();
    }
    at += 1;
  };
  const field = (path: Path, seen: Set<string>) => {
    const start = at;
    skipString();
    const name = JSON.parse(text.slice(start, at)) as string;
    const own = [...path, name];
    if (seen.has(name)) repeats.push({ path: own, offset: start });
    seen.add(name);
    offsets.set(pathKey(own), start);
    skipSpace();
    at += 1;
    value(own);
  };
  const value = (path: Path) => {
    skipSpace();
    const first = text[at];
    if (first === '{') {
      const seen = new Set<string>();
      list('}', () => field(path, seen));
    } else if (first === '[') {
      list(']', (index) => {
        offsets.set(pathKey([...path, index]), at);
        value([...path, index]);
      });
    } else if (first === '"') skipString();
    else while (at < text.length && !',]} \t\n\r'.includes(text.charAt(at))) at += 1;
  };
  value([]);
  return { offsets, repeats };
}
