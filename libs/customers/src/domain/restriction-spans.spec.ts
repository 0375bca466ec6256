import type { RestrictionKind, RestrictionSpan } from '@tollkeeper/contracts';
import { forDebt, onRequest, restrictedSince } from './restriction-spans';

const at = (day: number): string => `2026-04-${String(day).padStart(2, '0')}T00:00:00.000Z`;
type Step = [day: number, cause: readonly RestrictionKind[], kind: RestrictionKind | null];

it.each<[string, Step[], string]>([
  [
    'paused and resumed',
    [
      [10, onRequest, 'paused'],
      [20, onRequest, null],
    ],
    'paused 10-20',
  ],
  [
    'barred, suspended, restored',
    [
      [3, forDebt, 'barred'],
      [8, forDebt, 'suspended'],
      [9, forDebt, null],
    ],
    'barred 03-08, suspended 08-09',
  ],
  [
    'debt does not end a pause',
    [
      [1, onRequest, 'paused'],
      [2, forDebt, 'suspended'],
      [3, forDebt, null],
    ],
    'paused 01-, suspended 02-03',
  ],
  [
    'the same again',
    [
      [1, forDebt, 'barred'],
      [5, forDebt, 'barred'],
    ],
    'barred 01-',
  ],
  [
    'restored at once',
    [
      [1, forDebt, 'barred'],
      [1, forDebt, null],
    ],
    '',
  ],
  ['freed without cause', [[1, forDebt, null]], ''],
])('%s', (_, steps, expected) => {
  const spans = steps.reduce<RestrictionSpan[]>(
    (before, [day, cause, kind]) => restrictedSince(before, cause, kind, at(day)),
    [],
  );
  const day = (instant: string | null) => instant?.slice(8, 10) ?? '';
  expect(spans.map(({ kind, from, to }) => `${kind} ${day(from)}-${day(to)}`).join(', ')).toBe(expected);
});
