import type { ApiDocument, Schema } from './api-document';
import { sampleOf, typeOf } from './sample-body';

export interface HostileBody {
  what: string;
  raw: string;
}

type Path = (string | number)[];

/** In place of any text, number or object that a schema asks for; none is what it asks for. */
const inPlaceOfAnything: [string, unknown][] = [
  ['an operator', { $gt: '' }],
  ['$where', { $where: 'sleep(1000) || true' }],
  ['$ne in a list', [{ $ne: null }]],
  ['a prototype', { constructor: { prototype: { isAdmin: true } } }],
];

/** In place of a text. Half a surrogate pair can only be sent escaped, as JSON.stringify does. */
const inPlaceOfText: [string, unknown][] = [
  ['a number', 12345],
  ['a NUL', 'sample\0text'],
  ['a lone surrogate', 'sample\ud800text'],
  ['60,000 letters', 'a'.repeat(60_000)],
];

const inPlaceOfNumber: [string, unknown][] = [
  ['a text', '12'],
  ['a fraction', 1.5],
  ['beyond 2^53', 1e308],
];

/** Fields that no request has; a row behind one may well. */
const smuggled: [string, unknown][] = [
  ['role', 'admin'],
  ['isAdmin', true],
  ['tenantId', 'sbx_other'],
  ['balance', { minor: -100_000, currency: 'USD' }],
  ['balanceMinor', -100_000],
  ['passwordHash', 'x'],
  ['_id', 'chosen'],
  ['$set', { roles: ['admin'] }],
  ['a.b', 1],
  ['constructor', { prototype: { isAdmin: true } }],
];

const mostFields = 40;
const deep = 10_000;

/** Bodies that are right but for one thing. */
export function hostileBodies(document: ApiDocument, schema: Schema): HostileBody[] {
  const good = sampleOf(document, schema, true);
  const required = sampleOf(document, schema);
  const fields = leavesOf(document, schema, good).slice(0, mostFields);
  const replaced = fields.flatMap(({ path, hostile }) =>
    hostile.map(([what, value]) => ({
      what: `${what} in ${path.join('.')}`,
      raw: JSON.stringify(withValue(good, path, value)),
    })),
  );
  const known = Object.keys(document.resolved(schema).properties ?? {});
  const unknown = smuggled.filter(([name]) => !known.includes(name));
  const added = unknown.map(([name, value]) => ({
    what: `smuggled ${name}`,
    raw: JSON.stringify({ ...(required as object), [name]: value }),
  }));
  return [...replaced, ...added, ...malformed(JSON.stringify(required))];
}

const malformed = (good: string): HostileBody[] => [
  { what: '__proto__', raw: good.replace('{', '{"__proto__":{"isAdmin":true},').replace(',}', '}') },
  { what: 'no JSON', raw: '{"a":' },
  { what: 'a list', raw: `[${good}]` },
  { what: 'a bare text', raw: '"text"' },
  {
    what: '10,000 levels',
    raw: good.replace('{', `{"deep":${'['.repeat(deep)}${']'.repeat(deep)},`).replace(',}', '}'),
  },
  { what: '10,000 levels at the top', raw: `${'['.repeat(deep)}${']'.repeat(deep)}` },
  {
    what: '100,000 levels',
    raw: good.replace('{', `{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)},`).replace(',}', '}'),
  },
];

interface Leaf {
  path: Path;
  hostile: [string, unknown][];
}

/** Every place of the sample that a schema types, the whole objects too. */
function leavesOf(document: ApiDocument, given: Schema, value: unknown, path: Path = []): Leaf[] {
  const schema = document.resolved(given);
  const alternative = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (alternative) return leavesOf(document, alternative, value, path);
  const type = typeOf(schema);
  if (type === 'string') return [{ path, hostile: [...inPlaceOfAnything, ...inPlaceOfText] }];
  if (type === 'integer' || type === 'number')
    return [{ path, hostile: [...inPlaceOfAnything, ...inPlaceOfNumber] }];
  if (type === 'boolean') return [{ path, hostile: inPlaceOfAnything }];
  if (type === 'array' && schema.items && Array.isArray(value)) {
    return [
      { path, hostile: inPlaceOfAnything.slice(0, 1) },
      ...leavesOf(document, schema.items, value[0], [...path, 0]),
    ];
  }
  if (type !== 'object' || !schema.properties) return [];
  return Object.entries(schema.properties).flatMap(([name, inner]) =>
    leavesOf(document, inner, (value as Record<string, unknown>)[name], [...path, name]),
  );
}

function withValue(body: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(body)
    ? [...(body as unknown[])]
    : { ...(body as object) };
  const inner = (copy as Record<string | number, unknown>)[first];
  (copy as Record<string | number, unknown>)[first] = withValue(inner, rest, value);
  return copy;
}
