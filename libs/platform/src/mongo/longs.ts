import { Long } from 'mongodb';
import { type Schema } from 'mongoose';

/**
 * The driver stores a number above int32 as a double. Paths that a schema declares as BigInt are money or
 * exact quantities: they are stored as Long, whatever the way they are written.
 */
export type LongPaths = ReadonlySet<string>;

/** `lines.amountMinor`: array indexes and positional operators are left out of paths. */
export function longPathsOf(schema: Schema, prefix = ''): LongPaths {
  const paths = new Set<string>();
  schema.eachPath((path, type) => {
    const full = prefix + path;
    const nested = (type as { schema?: Schema }).schema;
    if (nested) longPathsOf(nested, `${full}.`).forEach((inner) => paths.add(inner));
    else if (type.instance === 'BigInt') paths.add(full.replace(/\.\$\*$/, '.*'));
    else if (type.instance === 'Array' && 'embeddedSchemaType' in type) {
      const element = type.embeddedSchemaType as { instance?: string } | undefined;
      if (element?.instance === 'BigInt') paths.add(full);
    }
  });
  return paths;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function toLong(value: unknown, path: string): unknown {
  if (typeof value === 'bigint') return Long.fromBigInt(value);
  if (typeof value !== 'number') return value;
  if (!Number.isSafeInteger(value)) throw new RangeError(`${path}: ${value} is not a safe integer`);
  return Long.fromNumber(value);
}

const isIndex = (segment: string): boolean => /^(\d+|\$.*)$/.test(segment);

/** Copies a document or an update, with every declared path as Long. */
export function withLongs<T>(value: T, longs: LongPaths, path = ''): T {
  if (longs.size === 0) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withLongs(item, longs, path)) as T;
  if (!isPlain(value)) return (longs.has(path) ? toLong(value, path) : value) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const segments = key.startsWith('$') ? [] : key.split('.').filter((segment) => !isIndex(segment));
    const next = [...(path ? [path] : []), ...segments].join('.');
    const wildcard = [...(path ? [path] : []), ...segments.slice(0, -1), '*'].join('.');
    copy[key] = withLongs(inner, longs, !longs.has(next) && longs.has(wildcard) ? wildcard : next);
  }
  return copy as T;
}
