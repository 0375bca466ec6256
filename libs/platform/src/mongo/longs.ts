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

/** Of a key as documents and updates write it (`$set`, `lines.0.amountMinor`): the path as a schema declares it. */
function pathBelow(longs: LongPaths, path: string, key: string): string {
  const above = path ? [path] : [];
  const segments = key.startsWith('$') ? [] : key.split('.').filter((segment) => !isIndex(segment));
  const next = [...above, ...segments].join('.');
  const wildcard = [...above, ...segments.slice(0, -1), '*'].join('.');
  return !longs.has(next) && longs.has(wildcard) ? wildcard : next;
}

/** What a key leads to, by the path above it: the same few hundred again and again. */
type Steps = Map<string, Map<string, string>>;
const knownSteps = new WeakMap<LongPaths, Steps>();
/** Keys of free-form objects are no schema's: they are not kept without end. */
const keptSteps = 2_000;

function stepTo(longs: LongPaths, steps: Map<string, string>, path: string, key: string): string {
  const known = steps.get(key);
  if (known !== undefined) return known;
  const found = pathBelow(longs, path, key);
  if (steps.size < keptSteps) steps.set(key, found);
  return found;
}

function stepsFrom(longs: LongPaths, path: string): Map<string, string> {
  let all = knownSteps.get(longs);
  if (!all) knownSteps.set(longs, (all = new Map<string, Map<string, string>>()));
  let steps = all.get(path);
  if (!steps) {
    steps = new Map();
    if (all.size < keptSteps) all.set(path, steps);
  }
  return steps;
}

/** As a field of its own, also where the name is that of the prototype. */
function put(copy: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  else copy[key] = value;
}

/** Copies a document or an update, with every declared path as Long. */
export function withLongs<T>(value: T, longs: LongPaths, path = ''): T {
  if (longs.size === 0) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withLongs(item, longs, path)) as T;
  if (!isPlain(value)) return (longs.has(path) ? toLong(value, path) : value) as T;
  const steps = stepsFrom(longs, path);
  const copy: Record<string, unknown> = {};
  for (const key in value) put(copy, key, withLongs(value[key], longs, stepTo(longs, steps, path, key)));
  return copy as T;
}
