import { describe, expect, it } from '@jest/globals';
import { maxPayloadBytes } from '@tollkeeper/contracts';
import { batchesOf, type FactMessage, factsByRow, factsOf } from './fact-batches';

const numbers = (count: number) => Array.from({ length: count }, (_, no) => ({ no }));
const lengths = (groups: readonly (readonly unknown[])[]) => groups.map(({ length }) => length);

describe('facts in rows', () => {
  it.each([
    [0, []],
    [1, [1]],
    [200, [200]],
    [450, [200, 200, 50]],
  ])('%i small ones', (count, expected) => {
    const rows = factsByRow(numbers(count));
    expect(lengths(rows)).toEqual(expected);
    expect(rows.flat()).toEqual(numbers(count));
  });

  it('large ones are fewer in a row, and one that is too large for company is alone', () => {
    const large = { text: 'x'.repeat(maxPayloadBytes / 4) };
    const huge = { text: 'x'.repeat(maxPayloadBytes) };
    expect(lengths(factsByRow([large, large, large, huge, large]))).toEqual([2, 1, 1, 1]);
  });
});

describe('rows in batches', () => {
  const at = '2026-02-01T06:00:00.000Z';
  const row = (count: number, changed: { at?: string; batchKey?: string; topic?: 'paymentChanged' } = {}) => {
    const { topic = 'messageRequested' as const, ...rest } = changed;
    const message: FactMessage = { kind: 'facts', topic, facts: numbers(count) };
    return { at, batchKey: null, message, ...rest };
  };

  it.each([
    ['as many as a batch takes', [row(100), row(100), row(1)], [2, 1]],
    ['of one topic', [row(1), row(1, { topic: 'paymentChanged' }), row(1)], [1, 1, 1]],
    ['of one time', [row(1), row(1, { at: '2026-02-02T06:00:00.000Z' })], [1, 1]],
    ['those that left together stay so', [row(150, { batchKey: 'b' }), row(150, { batchKey: 'b' })], [2]],
    ['and nothing joins them', [row(1, { batchKey: 'b' }), row(1)], [1, 1]],
  ])('%s', (_what, rows, expected) => {
    expect(lengths(batchesOf(rows))).toEqual(expected);
  });

  it('a row of one fact, as they were, goes with the others', () => {
    const before = {
      at,
      batchKey: null,
      message: { kind: 'fact', topic: 'messageRequested', fact: 1 } as const,
    };
    const [batch = []] = batchesOf([before, row(2)]);
    expect(batch.flatMap(({ message }) => factsOf(message))).toEqual([1, { no: 0 }, { no: 1 }]);
  });
});
