/** One text for one value: keys in order, nothing undefined, whole numbers only. What is published is kept as such a text. */
export const canonicalJson = (value: object): string => JSON.stringify(ordered(value, ''));

function ordered(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, at) => ordered(item, `${place}.${at}`));
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`${place.slice(1)}: ${value} is not a safe integer`);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>)
    .filter(([, inner]) => inner !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner, `${place}.${key}`)]));
}
