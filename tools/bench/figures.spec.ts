import { expect, it } from '@jest/globals';
import { benchLine, figuresIn, judged, tableOf } from './figures';

it.each([
  [{ atLeast: 100 }, 100, [100, true]],
  [{ atLeast: 100 }, 99, [100, false]],
  [{ atMost: 100 }, 100, [100, true]],
  [{ atMost: 100 }, 101, [100, false]],
  [{}, 5, [null, true]],
])('%j judges %d', (bound, value, [floor, holds]) => {
  expect(judged({ name: 'guiding', value, unit: 'records/s', ...bound })).toEqual({
    name: 'guiding',
    value,
    unit: 'records/s',
    floor,
    holds,
  });
});

const figures = [
  { name: 'guiding', value: 1_234_567, unit: 'records/s', atLeast: 200_000 },
  { name: 'ratio', value: 0.45, unit: '', atLeast: 0.5 },
  { name: 'load', value: 3, unit: 's' },
];

it('prints a table for people and a line for programs', () => {
  expect(tableOf(figures).split('\n')).toEqual([
    'figure       value  unit            bound',
    'guiding  1,234,567  records/s  >= 200,000  holds',
    'ratio         0.45                 >= 0.5  MISSED',
    'load             3  s',
  ]);
  expect(JSON.parse(benchLine('accounts', figures).slice('BENCH '.length))).toMatchObject({
    suite: 'accounts',
    figures: [{ holds: true }, { name: 'ratio', floor: 0.5, holds: false }, { floor: null, holds: true }],
  });
});

it('reads the figures of a part, whatever else it says', () => {
  expect(figuresIn(`loading\nFIGURES ${JSON.stringify(figures)}\n`)).toEqual(figures);
  expect(figuresIn('it broke')).toBeNull();
});
