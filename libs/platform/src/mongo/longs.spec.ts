import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Long } from 'mongodb';
import { longPathsOf, withLongs } from './longs';
import { rowSchema } from './service-database';

const longs = longPathsOf(
  rowSchema({
    _id: { type: String, required: true },
    openMinor: { type: BigInt, required: true },
    lines: [rowSchema({ amountMinor: { type: BigInt, required: true }, text: String })],
    perYear: { type: Map, of: BigInt },
    note: Object,
  }),
);
const long = (value: number): Long => Long.fromNumber(value);

describe('whatever the way it is written, a declared amount is a Long', () => {
  it.each<[string, object, object]>([
    ['a document', { _id: 'a', openMinor: 5 }, { _id: 'a', openMinor: long(5) }],
    [
      'rows within',
      { lines: [{ amountMinor: 5, text: 't' }] },
      { lines: [{ amountMinor: long(5), text: 't' }] },
    ],
    ['an operator', { $inc: { openMinor: -5 } }, { $inc: { openMinor: long(-5) } }],
    [
      'a row by its place',
      { $set: { 'lines.0.amountMinor': 5 } },
      { $set: { 'lines.0.amountMinor': long(5) } },
    ],
    [
      'the row that was found',
      { $set: { 'lines.$.amountMinor': 5 } },
      { $set: { 'lines.$.amountMinor': long(5) } },
    ],
    [
      'a row that is added',
      { $push: { lines: { amountMinor: 5 } } },
      { $push: { lines: { amountMinor: long(5) } } },
    ],
    ['a map', { perYear: { 2026: 5 } }, { perYear: { 2026: long(5) } }],
    ['a bigint', { openMinor: 2n ** 60n }, { openMinor: Long.fromBigInt(2n ** 60n) }],
    [
      'what is not declared stays',
      { note: { openMinor: 5, text: 't' } },
      { note: { openMinor: 5, text: 't' } },
    ],
    [
      'a name that is the prototype’s',
      JSON.parse('{"__proto__":{"a":1}}'),
      JSON.parse('{"__proto__":{"a":1}}'),
    ],
    ['nothing', { openMinor: null }, { openMinor: null }],
  ])('%s', (_what, written, stored) => {
    expect(withLongs(written, longs)).toEqual(stored);
    expect(withLongs(written, longs)).toEqual(stored);
  });

  it('refuses what is no exact number', () => {
    expect(() => withLongs({ openMinor: 0.5 }, longs)).toThrow('openMinor: 0.5 is not a safe integer');
    expect(() => withLongs({ openMinor: 2 ** 53 }, longs)).toThrow('openMinor');
  });

  it('does not change what it was given, also with thousands of keys of free form', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.integer()), (note) => {
        const given = { _id: 'a', openMinor: 1, note };
        const before = structuredClone(given);
        expect(withLongs(given, longs)).toEqual({ ...given, openMinor: long(1) });
        expect(given).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});
