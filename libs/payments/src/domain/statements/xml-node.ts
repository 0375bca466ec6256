/** What the parser gives: elements by name, several of a name as a list, text as text or under `#text`. */
export type XmlNode = Record<string, unknown>;

export const many = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

export const nodes = (value: unknown): XmlNode[] => many(value).map(node);

/** An element without content is text to the parser. */
export function node(value: unknown): XmlNode {
  const [first] = many(value);
  return typeof first === 'object' && first !== null ? (first as XmlNode) : {};
}

export function textOf(value: unknown): string {
  const [first] = many(value);
  const text = typeof first === 'object' && first !== null ? (first as XmlNode)['#text'] : first;
  return typeof text === 'string' ? text.trim() : '';
}

export const texts = (value: unknown): string[] => many(value).map(textOf);

export const textAt = (of: XmlNode, name: string): string => textOf(of[name]);
