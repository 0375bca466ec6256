import type { ApiDocument, Schema } from './api-document';

/** Tried in this order where a pattern must match. */
const matching = [
  'sample-1',
  'sample',
  '12',
  'US',
  'USD',
  'en',
  'a@b.example',
  '15185550101',
  '310990000000001',
  '8901990000000000001',
  '310990',
  '1.5',
  '08:00',
  // A creditor identifier of SEPA, an ACH company, a voucher.
  'DE98ZZZ09999999999',
  '1234567890',
  'abcd efgh ijkl mnop',
];

/** Where the schema cannot say what a text must be, its name does. */
const byName: [RegExp, unknown][] = [
  [/^rates\.0\.valid(From|To)$/, '2026-01-01'],
  [/(at|At|until|to|from|From)$/, '2026-01-02T00:00:00.000Z'],
  [/On$/, '2026-01-01'],
  [/zone$/, 'America/New_York'],
  [/country$/, 'US'],
  [/currency$/, 'USD'],
  [/(rate|percent|connectFee)$/, '1.5'],
  [/^url$/, 'https://my.operator.example/pay'],
  [/[eE]mail$/, 'sample@subscribers.example'],
  [/[pP]assword$/, 'quiet-harbour-41-lanterns'],
];

/** The smallest body that a schema accepts, as far as the schema tells; optional fields too when `isFull`. */
export function sampleOf(document: ApiDocument, given: Schema, isFull = false, place = ''): unknown {
  const schema = document.resolved(given);
  const alternative = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (alternative) return sampleOf(document, alternative, isFull, place);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(document, schema, isFull, place);
    case 'array':
      return schema.items ? [sampleOf(document, schema.items, isFull, `${place}.0`)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return textOf(schema, place);
    default:
      return null;
  }
}

export const typeOf = ({ type, properties }: Schema): string | undefined =>
  properties ? 'object' : Array.isArray(type) ? type.find((each) => each !== 'null') : type;

function objectOf(
  document: ApiDocument,
  { properties = {}, required = [] }: Schema,
  isFull: boolean,
  place: string,
): object {
  const names = Object.keys(properties).filter((name) => isFull || required.includes(name));
  const placeOf = (name: string) => (place === '' ? name : `${place}.${name}`);
  return Object.fromEntries(
    names.map((name) => [name, sampleOf(document, properties[name] ?? {}, isFull, placeOf(name))]),
  );
}

function textOf({ pattern, minLength = 1 }: Schema, place: string): unknown {
  if (pattern) return matching.find((text) => new RegExp(pattern, 'u').test(text)) ?? 'sample';
  const [, named] = byName.find(([names]) => names.test(place)) ?? [];
  return named ?? 'sample text'.padEnd(minLength, '.');
}
