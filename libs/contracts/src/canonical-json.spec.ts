import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical-json';

describe('one text for one value', () => {
  it.each([
    [{ b: 1, a: [{ d: null, c: 'x' }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
    [{ a: undefined, b: false }, '{"b":false}'],
    [{ amountMinor: 9_007_199_254_740_991 }, '{"amountMinor":9007199254740991}'],
  ])('%j -> %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it.each([0.1, 9_007_199_254_740_992, Number.NaN])('refuses %d, and says where', (amountMinor) =>
    expect(() => canonicalJson({ charges: [{ amountMinor }] })).toThrow('charges.0.amountMinor'),
  );
});
