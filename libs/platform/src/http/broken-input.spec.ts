import { refuseBrokenInput } from './broken-input';
import { Problem } from './problem';

const nested = (depth: number): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

const refusalOf = (parts: Record<string, unknown>) => {
  try {
    refuseBrokenInput(parts);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, status, field } = error.problem;
    return { code, status, field };
  }
};

describe('input that nothing here could store as it came', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a NUL', { body: { name: 'a\0b' } }, 'body.name'],
    ['a NUL in a list', { body: { lines: ['good', { text: '\0' }] } }, 'body.lines.1.text'],
    ['a lone high surrogate', { body: { name: '\ud800' } }, 'body.name'],
    ['a lone low surrogate', { query: { number: 'a\udc00b' } }, 'query.number'],
    ['a NUL in a path', { params: { id: 'inv_\0' } }, 'params.id'],
    ['a NUL in a name', { body: { 'a\0b': 1 } }, 'body'],
    [
      'a __proto__ of its own',
      { body: JSON.parse('{"a":{"__proto__":{"roles":["admin"]}}}') as unknown },
      'body.a',
    ],
    ['33 levels', { body: nested(33) }, 'body'],
    ['500,000 levels', { body: nested(500_000) }, 'body'],
  ])('%s is refused with its place', (_, parts, field) => {
    const refusal = refusalOf(parts);
    expect(refusal).toMatchObject({ code: 'badInput', status: 400 });
    expect(refusal?.field?.startsWith(field)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['no body', undefined],
    ['null', null],
    ['numbers and booleans', { a: 1, b: [true, null] }],
    ['a pair of surrogates', { name: '😀 日本 Zoë' }],
    ['lines and tabs', { text: 'a\r\n\tb' }],
    ['32 levels', nested(32)],
    ['a query without a prototype', Object.create(null) as object],
  ])('%s is let through', (_, body) => {
    expect(refusalOf({ body })).toBeNull();
  });
});
